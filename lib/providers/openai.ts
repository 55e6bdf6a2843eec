import { guessByName } from '../protocols/model-names';
import { listOpenAIModels } from '../protocols/openai';
import { openAIChatModel } from '../protocols/openai-chat';
import { openAIImageModel } from '../protocols/openai-images';
import { openAIResponsesModel } from '../protocols/openai-responses';
import { withOpenAITraits } from '../protocols/openai-traits';
import type { Provider, ProviderContext } from '../provider';

const dialect = { isOpenAI: true };

/** https://platform.openai.com/docs/guides/your-data#data-residency-controls */
const OWN_HOST = /^(?:[\w-]+\.)?api\.openai\.com$/u;
/** https://platform.openai.com/docs/models/gpt-4o-search-preview */
const CHATS_ONLY = /search-(?:preview|api)/u;

/**
 * Told by the address alone: what refuses a prompt that was sent there may as well lack the model as the
 * whole of Responses, and most gateways have chat completions only.
 */
function hasResponses(modelId: string, { settings }: ProviderContext): boolean {
  const host = URL.parse(settings['address'] ?? '')?.hostname ?? '';
  return OWN_HOST.test(host) && !CHATS_ONLY.test(modelId);
}

export const openAI: Provider = {
  description: {
    id: 'openai',
    name: 'OpenAI',
    kind: 'key',
    homePage: 'https://platform.openai.com/api-keys',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [
      { id: 'address', default: 'https://api.openai.com/v1' },
      { id: 'key', default: '' },
    ],
    headerRules: [],
  },
  languageModel: (modelId, context) =>
    hasResponses(modelId, context)
      ? openAIResponsesModel('openai', modelId, context)
      : openAIChatModel('openai', modelId, context, dialect),
  imageModel: (modelId, context) => openAIImageModel('openai', modelId, context, dialect),
  listModels: (context, signal) => listOpenAIModels(context, signal, dialect),
  guessModel: (id) => withOpenAITraits(guessByName(id)),
};

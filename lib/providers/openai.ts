import { guessByName } from '../protocols/model-names';
import { listOpenAIModels } from '../protocols/openai';
import { openAIChatModel } from '../protocols/openai-chat';
import { openAIImageModel } from '../protocols/openai-images';
import { withOpenAITraits } from '../protocols/openai-traits';
import type { Provider } from '../provider';

const dialect = { isOpenAI: true };

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
  languageModel: (modelId, context) => openAIChatModel('openai', modelId, context, dialect),
  imageModel: (modelId, context) => openAIImageModel('openai', modelId, context, dialect),
  listModels: (context, signal) => listOpenAIModels(context, signal, dialect),
  guessModel: (id) => withOpenAITraits(guessByName(id)),
};

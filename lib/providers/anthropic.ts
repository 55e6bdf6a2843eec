import { anthropicModel, guessAnthropicModel, listAnthropicModels } from '../protocols/anthropic';
import { drawsNothing, type Provider } from '../provider';

export const anthropic: Provider = {
  description: {
    id: 'anthropic',
    name: 'Anthropic',
    kind: 'key',
    homePage: 'https://platform.claude.com/settings/keys',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [
      { id: 'address', default: 'https://api.anthropic.com/v1' },
      { id: 'key', default: '' },
    ],
    headerRules: [],
  },
  languageModel: (modelId, context) => anthropicModel('anthropic', modelId, context),
  imageModel: drawsNothing,
  listModels: listAnthropicModels,
  guessModel: guessAnthropicModel,
};

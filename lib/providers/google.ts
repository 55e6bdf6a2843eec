import { geminiModel, guessGeminiModel, listGeminiModels } from '../protocols/gemini';
import { geminiImageModel } from '../protocols/gemini-images';
import type { Provider } from '../provider';

export const google: Provider = {
  description: {
    id: 'google',
    name: 'Google Gemini',
    kind: 'key',
    homePage: 'https://aistudio.google.com/apikey',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [
      { id: 'address', default: 'https://generativelanguage.googleapis.com/v1beta' },
      { id: 'key', default: '' },
    ],
    headerRules: [],
  },
  languageModel: (modelId, context) => geminiModel('google', modelId, context),
  imageModel: (modelId, context) => geminiImageModel('google', modelId, context),
  listModels: listGeminiModels,
  guessModel: guessGeminiModel,
};

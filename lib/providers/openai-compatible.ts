/** Services and local servers that speak OpenAI's protocol: a row each, and one for any other. */
import { chatImageModel } from '../protocols/chat-images';
import { guessByName } from '../protocols/model-names';
import { listOpenAIModels, type Dialect } from '../protocols/openai';
import { openAIChatModel } from '../protocols/openai-chat';
import { openAIImageModel } from '../protocols/openai-images';
import type { Provider, ProviderDescription } from '../provider';

/** What differs from one to the next. */
interface Preset extends Pick<ProviderDescription, 'id' | 'name' | 'kind' | 'homePage'> {
  /** Empty where each person has an address of their own. */
  address: string;
  isKeyOptional?: boolean;
  dialect?: Dialect;
}

/** Sources: each service's API reference, read in November 2026. */
const presets: Preset[] = [
  {
    id: 'openrouter',
    name: 'OpenRouter',
    kind: 'key',
    address: 'https://openrouter.ai/api/v1',
    homePage: 'https://openrouter.ai/keys',
    dialect: {
      isChatImages: true,
      // Unless asked, it names no models that make pictures alone.
      modelsQuery: '?output_modalities=text,image',
      // Its list is for everybody: https://openrouter.ai/docs/api/api-reference/api-keys/get-current-key
      keyPath: '/key',
    },
  },
  {
    id: 'groq',
    name: 'Groq',
    kind: 'key',
    address: 'https://api.groq.com/openai/v1',
    homePage: 'https://console.groq.com/keys',
  },
  {
    id: 'mistral',
    name: 'Mistral',
    kind: 'key',
    address: 'https://api.mistral.ai/v1',
    homePage: 'https://console.mistral.ai/api-keys',
    dialect: { refusesStreamOptions: true },
  },
  {
    id: 'deepseek',
    name: 'DeepSeek',
    kind: 'key',
    address: 'https://api.deepseek.com/v1',
    homePage: 'https://platform.deepseek.com/api_keys',
  },
  {
    id: 'xai',
    name: 'xAI',
    kind: 'key',
    address: 'https://api.x.ai/v1',
    homePage: 'https://console.x.ai',
  },
  {
    id: 'together',
    name: 'Together',
    kind: 'key',
    address: 'https://api.together.ai/v1',
    homePage: 'https://api.together.ai/settings/api-keys',
  },
  {
    id: 'fireworks',
    name: 'Fireworks',
    kind: 'key',
    address: 'https://api.fireworks.ai/inference/v1',
    homePage: 'https://app.fireworks.ai/settings/users/api-keys',
  },
  {
    id: 'azure-openai',
    name: 'Azure OpenAI',
    kind: 'key',
    // https://YOUR-RESOURCE.openai.azure.com/openai/v1
    address: '',
    homePage: 'https://ai.azure.com',
    dialect: { keyHeader: 'api-key', isOpenAI: true },
  },
  {
    id: 'vllm',
    name: 'vLLM',
    kind: 'local',
    address: 'http://localhost:8000/v1',
    homePage: 'https://docs.vllm.ai',
    isKeyOptional: true,
  },
  {
    id: 'litellm',
    name: 'LiteLLM',
    kind: 'local',
    address: 'http://localhost:4000/v1',
    homePage: 'https://docs.litellm.ai',
    isKeyOptional: true,
  },
  {
    id: 'llama-cpp',
    name: 'llama.cpp',
    kind: 'local',
    address: 'http://localhost:8080/v1',
    homePage: 'https://github.com/ggml-org/llama.cpp',
    isKeyOptional: true,
  },
  {
    id: 'jan',
    name: 'Jan',
    kind: 'local',
    address: 'http://localhost:1337/v1',
    homePage: 'https://jan.ai',
    isKeyOptional: true,
  },
  {
    id: 'text-generation-webui',
    name: 'text-generation-webui',
    kind: 'local',
    address: 'http://localhost:5000/v1',
    homePage: 'https://github.com/oobabooga/text-generation-webui',
    isKeyOptional: true,
  },
  {
    id: 'localai',
    name: 'LocalAI',
    kind: 'local',
    address: 'http://localhost:8080/v1',
    homePage: 'https://localai.io',
    isKeyOptional: true,
  },
  {
    id: 'openai-compatible',
    name: 'OpenAI-compatible server',
    kind: 'key',
    address: '',
    // It is whoever's server.
    homePage: '',
    isKeyOptional: true,
  },
];

export const openAICompatible: Provider[] = presets.map(
  ({ address, isKeyOptional = false, dialect, ...rest }) => {
    const description: ProviderDescription = {
      ...rest,
      models: [],
      hosts: [],
      usesCookies: false,
      fields: [
        { id: 'address', default: address },
        { id: 'key', default: '', isOptional: isKeyOptional },
      ],
      headerRules: [],
    };
    return {
      description,
      languageModel: (modelId, context) => openAIChatModel(rest.id, modelId, context, dialect),
      imageModel: (modelId, context) =>
        (dialect?.isChatImages ? chatImageModel : openAIImageModel)(
          rest.id,
          modelId,
          context,
          dialect,
        ),
      listModels: (context, signal) => listOpenAIModels(context, signal, dialect),
      guessModel: guessByName,
    };
  },
);

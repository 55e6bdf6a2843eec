/** LM Studio: OpenAI's protocol, and a list of models of its own that tells more. https://lmstudio.ai/docs/developer */
import { keyHeaders, listOpenAIModels } from '../protocols/openai';
import { openAIChatModel } from '../protocols/openai-chat';
import { drawsNothing, type ModelDescription, type Provider } from '../provider';
import { readJson } from '../stream/json';
import { listAt, textAt } from '../stream/json-fields';

export const lmStudio: Provider = {
  description: {
    id: 'lm-studio',
    name: 'LM Studio',
    kind: 'local',
    homePage: 'https://lmstudio.ai',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [
      { id: 'address', default: 'http://localhost:1234/v1' },
      { id: 'key', default: '', isOptional: true },
    ],
    headerRules: [],
    probe: { port: 1234, path: '/v1/models', list: 'data' },
    // https://lmstudio.ai/docs/cli/serve/server-start
    originSetting: 'lms server start --cors',
  },
  languageModel: (modelId, context) => openAIChatModel('lm-studio', modelId, context),
  imageModel: drawsNothing,
  guessModel: (id) => ({ id, output: 'text' }),

  async listModels(context, signal) {
    const root = (context.settings['address'] ?? '').replace(/(?:\/v1)?\/*$/u, '');
    const response = await context.fetch(`${root}/api/v0/models`, {
      signal,
      headers: keyHeaders(context.key),
    });
    const entries = response.ok ? listAt(await readJson(response), 'data') : [];
    // A gateway in front of it, or a version before 0.3.6, knows OpenAI's list alone.
    if (entries.length === 0) return listOpenAIModels(context, signal);
    return entries.flatMap((entry): ModelDescription[] => {
      const id = textAt(entry, 'id');
      const type = textAt(entry, 'type');
      if (!id || type === 'embeddings') return [];
      return [{ id, output: 'text', ...(type === 'vlm' && { seesImages: true }) }];
    });
  },
};

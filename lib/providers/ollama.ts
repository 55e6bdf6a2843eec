/** Ollama: chat by OpenAI's protocol, the list of models by its own. https://docs.ollama.com/api */
import { keyHeaders } from '../protocols/openai';
import { openAIChatModel } from '../protocols/openai-chat';
import { ProviderError } from '../errors';
import {
  drawsNothing,
  type ModelDescription,
  type Provider,
  type ProviderContext,
} from '../provider';
import { readJson } from '../stream/json';
import { at, listAt, textAt } from '../stream/json-fields';

/** Models that are asked what they can do; with more, the list would take too long. */
const MOST_ASKED = 100;

/** Thinks whatever it is told: https://docs.ollama.com/capabilities/thinking */
const ALWAYS = /gpt-oss/u;

export const ollama: Provider = {
  description: {
    id: 'ollama',
    name: 'Ollama',
    kind: 'local',
    homePage: 'https://ollama.com/download',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [
      { id: 'address', default: 'http://localhost:11434' },
      { id: 'key', default: '', isOptional: true },
    ],
    headerRules: [],
    probe: { port: 11434, path: '/api/tags', list: 'models' },
    // https://docs.ollama.com/faq: how can I allow additional web origins
    originSetting: 'OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*',
  },
  languageModel: (modelId, context) =>
    openAIChatModel('ollama', modelId, {
      ...context,
      settings: { ...context.settings, address: `${rootOf(context)}/v1` },
    }),
  imageModel: drawsNothing,
  guessModel: (id) => ({ id, output: 'text' }),

  async listModels(context, signal) {
    const body = await readJson(await ask(context, '/api/tags', { signal }));
    if (!Array.isArray(at(body, 'models'))) {
      throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(body) });
    }
    const ids = listAt(body, 'models').map((entry) => textAt(entry, 'model'));
    const asked = await Promise.all(
      ids.slice(0, MOST_ASKED).map((id) => describe(context, id, signal)),
    );
    const others = ids.slice(MOST_ASKED).map((id): ModelDescription => ({ id, output: 'text' }));
    return [...asked.flat(), ...others].filter(({ id }) => id);
  },
};

/** What the model says that it can do; nothing for one that only embeds. */
async function describe(
  context: ProviderContext,
  id: string,
  signal: AbortSignal,
): Promise<ModelDescription[]> {
  const body = JSON.stringify({ model: id });
  const response = await ask(context, '/api/show', { signal, method: 'POST', body });
  // A model that cannot be shown, or a version before 0.6.4, is still one to talk to.
  const abilities = response.ok ? listAt(await readJson(response), 'capabilities') : [];
  if (abilities.length > 0 && !abilities.includes('completion')) return [];
  return [
    {
      id,
      output: 'text',
      ...(abilities.includes('vision') && { seesImages: true }),
      ...(abilities.includes('thinking') && { reasons: true }),
      ...(abilities.includes('thinking') && !ALWAYS.test(id) && { canSkipThinking: true }),
    },
  ];
}

function ask(context: ProviderContext, path: string, init: RequestInit): Promise<Response> {
  return context.fetch(rootOf(context) + path, { ...init, headers: keyHeaders(context.key) });
}

/** The address without the path of OpenAI's protocol, which people copy along. */
function rootOf({ settings }: ProviderContext): string {
  return (settings['address'] ?? '').replace(/(?:\/v1)?\/*$/u, '');
}

/**
 * OpenAI's protocol, which many services and local servers speak: `/models` here, chat in
 * openai-chat.ts, and of OpenAI alone in openai-responses.ts. https://platform.openai.com/docs/api-reference
 */
import { ProviderError } from '../errors';
import type { ModelDescription, ProviderContext } from '../provider';
import { failedCall, isObject, readJson } from '../stream/json';
import { at, listAt, textAt } from '../stream/json-fields';
import { describeAs, type Told } from './model-names';
import { withOpenAITraits } from './openai-traits';

/** HTTP's status for a key that is none. */
const UNAUTHORIZED = 401;

/** How a service departs from the usual. */
export interface Dialect {
  /** The header that carries the key as it is; unless told, `Authorization: Bearer`. */
  keyHeader?: string;
  /** As OpenAI's own models want it: `max_completion_tokens`, and no temperature for those that reason. */
  isOpenAI?: boolean;
  /** Whether the service refuses to be asked for the usage, and tells it anyway. */
  refusesStreamOptions?: boolean;
  /** Whether pictures are drawn as messages of a chat. */
  isChatImages?: boolean;
  /** What is added to the address of the list of models, as `?name=value`. */
  modelsQuery?: string;
  /** Where the key is asked about before the list, which the service gives to anybody: `/path`. */
  keyPath?: string;
}

/** Asks the service which models it has. Throws ProviderError. */
export async function listOpenAIModels(
  { settings, key, fetch }: ProviderContext,
  signal: AbortSignal,
  dialect: Dialect = {},
): Promise<ModelDescription[]> {
  const { modelsQuery = '', keyPath } = dialect;
  const ask = (path: string) =>
    fetch(`${settings['address']}${path}`, {
      signal,
      headers: { accept: 'application/json', ...keyHeaders(key, dialect) },
    });
  if (keyPath && key) await refuseWrongKey(await ask(keyPath));
  const response = await ask(`/models${modelsQuery}`);
  const body = await readJson(response);
  const listed = listIn(body);
  if (!listed) throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(body) });
  const seeing = seeingIn(body);
  const models = listed.flatMap((entry) => {
    const id = textAt(entry, 'id');
    const sees = seeing.get(id);
    const told = { ...(sees !== undefined && { seesImages: sees }), ...toldOf(entry) };
    return (id && describeAs(id, told)) || [];
  });
  return dialect.isOpenAI ? models.map(withOpenAITraits) : models;
}

/** A gateway in front of the service may know nothing of the path: only a plain no counts. */
async function refuseWrongKey(response: Response): Promise<void> {
  if (response.status === UNAUTHORIZED) throw await failedCall(response);
  await response.body?.cancel();
}

/** The header that carries the key; none without one. */
export function keyHeaders(key: string, { keyHeader }: Dialect = {}): Record<string, string> {
  if (!key) return {};
  return keyHeader ? { [keyHeader]: key } : { authorization: `Bearer ${key}` };
}

/** Most answer `{ data: […] }`; Together a bare list. */
function listIn(body: unknown): unknown[] | undefined {
  if (Array.isArray(body)) return body;
  const data = isObject(body) ? body['data'] : undefined;
  return Array.isArray(data) ? data : undefined;
}

/**
 * Which models see pictures, by name: before May 2026 llama.cpp told it in a second list alone.
 * https://github.com/huggingface/pi-llama/pull/29
 */
function seeingIn(body: unknown): Map<string, boolean> {
  return new Map(
    listAt(body, 'models').map((one) => [
      textAt(one, 'model'),
      listAt(one, 'capabilities').includes('multimodal'),
    ]),
  );
}

/** What the service tells of a model, each in its own way. */
function toldOf(entry: unknown): Told {
  return { ...byType(entry), ...byCapabilities(entry), ...byModalities(entry) };
}

/**
 * OpenRouter, https://openrouter.ai/docs/api-reference/list-available-models, and llama.cpp,
 * https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
function byModalities(entry: unknown): Told {
  const input = at(entry, 'architecture', 'input_modalities');
  const output = at(entry, 'architecture', 'output_modalities');
  const takes = at(entry, 'supported_parameters');
  return {
    ...(Array.isArray(output) && { output: outputIn(output) }),
    ...(Array.isArray(input) && { seesImages: input.includes('image') }),
    ...(Array.isArray(takes) && { reasons: takes.includes('reasoning') }),
  };
}

function outputIn(modalities: unknown[]): Told['output'] {
  if (modalities.includes('image')) return 'image';
  return modalities.includes('text') ? 'text' : 'other';
}

/**
 * Mistral, https://github.com/mistralai/client-ts/blob/main/docs/models/components/modelcapabilities.md.
 * Whether a model reasons is not read there: it takes no word on how hard but `none` and `high`.
 */
function byCapabilities(entry: unknown): Told {
  const chats = at(entry, 'capabilities', 'completion_chat');
  const sees = at(entry, 'capabilities', 'vision');
  return {
    ...(typeof chats === 'boolean' && { output: chats ? 'text' : 'other' }),
    ...(typeof sees === 'boolean' && { seesImages: sees }),
  };
}

/** Together, https://github.com/togethercomputer/together-typescript/blob/main/src/resources/models.ts */
function byType(entry: unknown): Told {
  switch (textAt(entry, 'type')) {
    case 'chat':
    case 'language':
    case 'code':
      return { output: 'text' };
    case 'image':
      return { output: 'image' };
    case 'embedding':
    case 'moderation':
    case 'rerank':
      return { output: 'other' };
    default:
      return {};
  }
}

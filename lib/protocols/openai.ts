/**
 * OpenAI's protocol, which many services and local servers speak: `/models` here, chat in
 * openai-chat.ts. https://platform.openai.com/docs/api-reference
 */
import { ProviderError } from '../errors';
import type { ModelDescription, ProviderContext } from '../provider';
import { failedCall, isObject, readJson } from '../stream/json';
import { imageTraits } from './image-traits';

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
  return listed.flatMap((entry) => describe(entry) ?? []);
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

/** What no one can chat with or draw with. */
const OTHER =
  /embed|whisper|tts|transcri|moderation|rerank|realtime|speech|audio|guard|sora|veo|babbage|davinci/iu;
const DRAWS =
  /dall-e|gpt-image|chatgpt-image|imagen|flux|stable-?diffusion|sdxl|grok.*image|image-gen/iu;
const SEES =
  /gpt-4o|gpt-4\.1|gpt-5|gpt-4-turbo|\bo[134]\b|claude|gemini|vision|-vl|llava|pixtral|gemma-?3|llama-?4|multimodal/iu;
const REASONS = /\bo[134]\b|gpt-5|gpt-oss|reason|think|deepseek-r|-r1|qwq|magistral/iu;

/** By what the service tells of it, as OpenRouter does, else by its name. Undefined for other things. */
function describe(entry: unknown): ModelDescription | undefined {
  const id = isObject(entry) ? entry['id'] : undefined;
  if (!isObject(entry) || typeof id !== 'string' || !id) return undefined;
  const about = isObject(entry['architecture']) ? entry['architecture'] : {};
  const [input, output] = [about['input_modalities'], about['output_modalities']];
  if (
    Array.isArray(output)
      ? !output.some((one) => one === 'text' || one === 'image')
      : OTHER.test(id)
  ) {
    return undefined;
  }
  const takes = entry['supported_parameters'];
  const seesImages = Array.isArray(input) ? input.includes('image') : undefined;
  if (Array.isArray(output) ? output.includes('image') : DRAWS.test(id)) {
    const { seesImages: isEditor = false, ...traits } = imageTraits(id);
    return {
      id,
      output: 'image',
      ...traits,
      ...((seesImages ?? isEditor) && { seesImages: true }),
    };
  }
  return {
    id,
    output: 'text',
    ...((seesImages ?? SEES.test(id)) && { seesImages: true }),
    ...((Array.isArray(takes) ? takes.includes('reasoning') : REASONS.test(id)) && {
      reasons: true,
    }),
  };
}

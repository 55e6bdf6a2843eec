import { APICallError } from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import { readBytes } from './image';
import { readStart } from './refusal';

/** Bytes; a list of 10,000 models has about 8 MB. */
const JSON_LIMIT = 20_000_000;

/**
 * The JSON of an answer of at most `limit` bytes. Throws APICallError for a status of failure, also
 * for one within an answer that claims success, and ProviderError `bad-reply` for what is no JSON,
 * `too-large`, `connection-lost`.
 */
export async function readJson(response: Response, limit = JSON_LIMIT): Promise<unknown> {
  if (!response.ok) throw await failedCall(response);
  const { body } = response;
  const text = new TextDecoder().decode(body ? await readBytes(body, limit) : undefined);
  const value = parse(text);
  if (isObject(value) && value['error']) throw failure(response, statusIn(value['error']), text);
  return value;
}

/** The error that an answer with a status of failure stands for, with the start of its body. */
export async function failedCall(response: Response): Promise<APICallError> {
  const { status, body } = response;
  return failure(response, status, body ? await readStart(body) : '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError({ kind: 'bad-reply', detail: text }, { cause: error });
  }
}

function failure({ url, headers }: Response, statusCode: number, responseBody: string) {
  return new APICallError({
    message: `HTTP ${statusCode}`,
    url,
    requestBodyValues: undefined,
    statusCode,
    responseHeaders: Object.fromEntries(headers),
    responseBody,
  });
}

/** The status that an error in the body names; 500 for one that names none. */
function statusIn(error: unknown): number {
  const code = isObject(error) ? Number(error['code']) : 0;
  return code >= 400 && code < 600 ? code : 500;
}

/** Whether it has fields that can be read. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

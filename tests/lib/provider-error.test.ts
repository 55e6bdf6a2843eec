import {
  APICallError,
  EmptyResponseBodyError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/lib/errors';
import { errorDataOf } from '@/lib/provider-error';

function answer(statusCode: number | undefined, responseBody = '', headers = {}) {
  return new APICallError({
    message: 'The message',
    url: 'https://api.example:8443/v1/chat/completions',
    requestBodyValues: { messages: ['a secret'] },
    responseHeaders: headers,
    responseBody,
    ...(statusCode !== undefined && { statusCode }),
  });
}

describe('an answer of failure', () => {
  it.each([
    [401, '{"error":{"message":"Incorrect API key provided"}}', 'unauthorized'],
    [
      400,
      '{"error":{"message":"API key not valid. Please pass a valid API key."}}',
      'unauthorized',
    ],
    [402, '', 'quota'],
    [403, '', 'origin-refused'],
    [403, '{"error":"forbidden"}', 'unauthorized'],
    [404, '404 page not found', 'not-found'],
    [404, '{"type":"error","error":{"type":"not_found_error","message":"Not Found"}}', 'not-found'],
    [404, '{"error":{"code":"model_not_found"}}', 'no-model'],
    [404, '{"type":"error","error":{"type":"not_found_error","message":"model: x"}}', 'no-model'],
    [404, `{"error":"model '${'long'.repeat(15)}' not found"}`, 'no-model'],
    [400, '{"error":{"message":"The model `x` does not exist"}}', 'no-model'],
    [400, '{"message":"Invalid model: x","type":"invalid_model","code":"1500"}', 'no-model'],
    [400, '{"error":{"message":"Model Not Exist","code":"invalid_request_error"}}', 'no-model'],
    [400, '{"error":{"message":"x/y is not a valid model ID","code":400}}', 'no-model'],
    [403, '{"error":{"message":"No access to it","code":"model_not_found"}}', 'no-model'],
    [400, '{"error":{"code":"context_length_exceeded"}}', 'too-long'],
    [400, '{"error":{"message":"prompt is too long: 210000 tokens"}}', 'too-long'],
    [413, '', 'too-long'],
    [400, '{"error":{"code":"content_policy_violation"}}', 'content-filter'],
    [
      404,
      '{"error":{"message":"models/gemini-x is not found for API version v1beta"}}',
      'no-model',
    ],
    [404, String.raw`{"error":"model \"x:8b\" not found, try pulling it first"}`, 'no-model'],
    [404, '{"error":"no such model"}', 'no-model'],
    [400, '{"error":{"message":"Unknown parameter"}}', 'refused'],
    [400, '{"error":{"message":"Invalid model parameters: temperature"}}', 'refused'],
    [400, '{"error":{"message":"messages.0.content: invalid model response"}}', 'refused'],
    [400, '{"error":{"message":"model llava: tool call id x not found"}}', 'refused'],
    [
      400,
      '{"error":{"message":"The image for the model could not be fetched: URL not found"}}',
      'refused',
    ],
    [400, '{"model":"llava","error":"file not found"}', 'refused'],
    [500, '{"error":{"message":"model x not found"}}', 'server-fault'],
    [408, '', 'timeout'],
    [429, '{"error":{"type":"insufficient_quota"}}', 'quota'],
    [400, '{"detail":"Not authenticated"}', 'unauthorized'],
    [429, '{"error":{"message":"Rate limit reached"}}', 'rate-limited'],
    [500, '', 'server-fault'],
    [503, '', 'overloaded'],
    [504, '', 'timeout'],
    [529, '{"type":"error","error":{"type":"overloaded_error"}}', 'overloaded'],
    [302, '', 'redirected'],
    [0, '', 'redirected'],
    [200, '<html>', 'bad-reply'],
    [undefined, '', 'offline'],
  ])('with status %s and %j is "%s"', (status, body, kind) => {
    expect(errorDataOf(answer(status, body)).kind).toBe(kind);
  });

  it('names host, status, time to wait and what the server said; never what was asked', () => {
    const data = errorDataOf(answer(429, 'Slow down', { 'retry-after': '7' }));
    expect(data).toEqual({
      kind: 'rate-limited',
      host: 'api.example:8443',
      status: 429,
      retryAfter: 7,
      detail: 'Slow down',
    });
  });

  it('that names a date is waited for by the clock of the service', () => {
    const date = 'Sun, 01 Nov 2026 12:00:00 GMT';
    const until = 'Sun, 01 Nov 2026 12:00:20 GMT';
    const data = errorDataOf(answer(429, '', { 'retry-after': until, date }));
    expect(data.retryAfter).toBe(20);
  });
});

describe('an error within a stream', () => {
  it.each([
    [{ type: 'overloaded_error', message: 'Overloaded' }, 'overloaded'],
    [{ code: 'context_length_exceeded', message: 'Too long' }, 'too-long'],
    [{ message: 'Something broke' }, 'server-fault'],
    ['Rate limit reached', 'rate-limited'],
    [{ code: 'invalid_prompt', message: 'Your prompt was flagged' }, 'content-filter'],
    [{ code: 'bio_policy', message: 'This is not answered' }, 'content-filter'],
    [{ code: 'misalignment_policy_violation', message: 'Stopped' }, 'content-filter'],
    [{ code: 'image_content_policy_violation', message: 'Not this one' }, 'content-filter'],
    [{ odd: true }, 'server-fault'],
  ])('%j is "%s"', (sent, kind) => {
    expect(errorDataOf(sent).kind).toBe(kind);
  });
});

describe('what packages and platforms throw', () => {
  it.each([
    [new ProviderError({ kind: 'quota' }), 'quota'],
    [new EmptyResponseBodyError(), 'empty-reply'],
    [new UnsupportedFunctionalityError({ functionality: 'pictures' }), 'unsupported'],
    [new TypeError('network error'), 'connection-lost'],
    [new TypeError('terminated'), 'connection-lost'],
    [new DOMException('signal timed out', 'TimeoutError'), 'timeout'],
    [new RangeError('nobody foresaw this'), 'unexpected'],
    [undefined, 'unexpected'],
  ])('%s is "%s"', (thrown, kind) => {
    expect(errorDataOf(thrown).kind).toBe(kind);
  });

  it('is our own error, where a package only wrapped it', () => {
    const cause = new ProviderError({ kind: 'no-permission', host: 'x.example' });
    const wrapped = new APICallError({
      message: 'x',
      url: 'https://x',
      requestBodyValues: {},
      cause,
    });
    expect(errorDataOf(wrapped)).toEqual({ kind: 'no-permission', host: 'x.example' });
  });
});

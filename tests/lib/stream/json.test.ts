import { describe, expect, it } from 'vitest';
import { errorDataOf } from '@/lib/provider-error';
import { readJson } from '@/lib/stream/json';

const kindOf = (answer: Response) =>
  readJson(answer).then(
    () => undefined,
    (error: unknown) => errorDataOf(error).kind,
  );

describe('the JSON of an answer', () => {
  it('is what was sent', async () => {
    const value = { error: null, data: [1, 'ü'] };
    expect(await readJson(Response.json(value))).toEqual(value);
  });

  it.each([
    [new Response('<html>a page</html>'), 'bad-reply'],
    [new Response(''), 'bad-reply'],
    [new Response('{"data": ['), 'bad-reply'],
    [new Response('no key', { status: 401 }), 'unauthorized'],
    [new Response(null, { status: 404 }), 'not-found'],
    [Response.json({ error: { code: 429, message: 'slower' } }), 'rate-limited'],
    [Response.json({ error: 'something broke' }), 'server-fault'],
    [Response.json({ error: { message: 'overloaded' } }), 'overloaded'],
  ])('fails in words when it is none: %#', async (answer, kind) => {
    expect(await kindOf(answer)).toBe(kind);
  });
});

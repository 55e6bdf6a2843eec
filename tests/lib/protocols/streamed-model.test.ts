import { describe, expect, it } from 'vitest';
import { streamedModel } from '@/lib/protocols/streamed-model';
import { bodyOf } from '../../fake-body';
import { hello } from '../../fake-context';

/** A model of a protocol whose every event is a piece of text; all of them come in one chunk. */
function modelOf(...words: string[]) {
  const events = words.map((word) => `data: ${JSON.stringify(word)}\n\n`).join('');
  const body = bodyOf(events);
  const model = streamedModel('test', 'm', () => Promise.resolve(new Response(body.stream)), {
    request: () => ({ url: 'https://api.example', headers: {}, body: {} }),
    reader: () => (event) => [{ type: 'text', delta: String(event) }],
  });
  return { model, body };
}

async function deltasOf(...words: string[]): Promise<string[]> {
  const { stream } = await modelOf(...words).model.doStream({ prompt: hello });
  const parts = await Array.fromAsync(stream);
  return parts.flatMap((part) => (part.type === 'text-delta' ? part.delta : []));
}

describe('a stream whose events came all at once', () => {
  it('ends with the event at which it is aborted', async () => {
    const controller = new AbortController();
    const { model, body } = modelOf('a', 'b', 'c');
    const { stream } = await model.doStream({ prompt: hello, abortSignal: controller.signal });
    const deltas: string[] = [];
    const reading = (async () => {
      for await (const part of stream) {
        if (part.type !== 'text-delta') continue;
        deltas.push(part.delta);
        controller.abort(new Error('stopped'));
      }
    })();
    await expect(reading).rejects.toThrow('stopped');
    expect([deltas, body.isCancelled]).toEqual([['a'], true]);
  });

  it('says at its end that none was told', async () => {
    const { stream } = await modelOf('a').model.doStream({ prompt: hello });
    const parts = await Array.fromAsync(stream);
    expect(parts.at(-1)).toMatchObject({
      type: 'finish',
      finishReason: { unified: 'interrupted' },
    });
  });
});

describe('a character that the service cuts in two', () => {
  it('comes whole, with its second half', async () => {
    expect(await deltasOf('a\ud83d', '\ude42b', '\ud83d', '\ude42')).toEqual(['a', '🙂b', '🙂']);
  });

  it('does not come where its second half never does', async () => {
    expect(await deltasOf('a\ud83d')).toEqual(['a']);
  });
});

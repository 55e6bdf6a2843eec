import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { errorDataOf } from '@/lib/provider-error';
import { modelParts, type ModelPart } from '@/lib/stream/model-parts';
import { toReadableStream } from '@/lib/stream/readable';

const usage = {
  inputTokens: { total: 3, noCache: 3, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
};
const text = (delta: string): LanguageModelV4StreamPart => ({ type: 'text-delta', id: '1', delta });
const thought = (delta: string): LanguageModelV4StreamPart => ({
  type: 'reasoning-delta',
  id: '1',
  delta,
});
const picture: LanguageModelV4StreamPart = {
  type: 'file',
  mediaType: 'image/png',
  data: { type: 'data', data: 'iVBO' },
};
const finish = (
  unified: LanguageModelV4FinishReason['unified'],
  raw?: string,
): LanguageModelV4StreamPart => ({ type: 'finish', finishReason: { unified, raw }, usage });

async function* each<T>(values: T[]): AsyncGenerator<T, void, void> {
  yield* values;
}

/** What is read of a stream of these parts, and how it ends. */
async function read(...parts: LanguageModelV4StreamPart[]) {
  const shown: ModelPart[] = [];
  const reader = modelParts(toReadableStream(each(parts)));
  try {
    for (;;) {
      const { done, value } = await reader.next();
      if (done) return { shown, end: value };
      shown.push(value);
    }
  } catch (error) {
    return { shown, kind: errorDataOf(error).kind };
  }
}

describe('a model’s stream', () => {
  it('gives texts, reasoning with its start, and pictures, in their order', async () => {
    const { shown, end } = await read(
      { type: 'stream-start', warnings: [] },
      { type: 'reasoning-start', id: '1' },
      thought('Hm'),
      { type: 'reasoning-end', id: '1' },
      { type: 'text-start', id: '2' },
      text('Here: '),
      picture,
      text('done'),
      finish('stop', 'end_turn'),
    );
    expect(shown).toEqual([
      { type: 'reasoning-start' },
      { type: 'reasoning', delta: 'Hm' },
      { type: 'text', delta: 'Here: ' },
      { type: 'image', mediaType: 'image/png', data: 'iVBO' },
      { type: 'text', delta: 'done' },
    ]);
    expect(end).toEqual({ finishReason: { unified: 'stop', raw: 'end_turn' }, usage });
  });

  it('passes over tools, sources and what is no picture', async () => {
    const { shown } = await read(
      { type: 'tool-input-start', id: 't', toolName: 'look' },
      { type: 'tool-call', toolCallId: 't', toolName: 'look', input: '{}' },
      { type: 'source', sourceType: 'url', id: 's', url: 'https://x.example' },
      { type: 'file', mediaType: 'audio/wav', data: { type: 'data', data: 'UklG' } },
      { type: 'raw', rawValue: {} },
      text('x'),
      finish('tool-calls', 'tool_use'),
    );
    expect(shown).toEqual([{ type: 'text', delta: 'x' }]);
  });

  it.each([
    ['no finish', [text('x')], 'connection-lost'],
    [
      'a finish that says it was interrupted',
      [text('x'), finish('interrupted')],
      'connection-lost',
    ],
    ['a finish without a reason', [text('x'), finish('other')], 'connection-lost'],
    ['nothing but thought, and no finish', [thought('x')], 'connection-lost'],
    ['nothing at all', [], 'empty-reply'],
    ['a finish alone', [finish('stop', 'stop')], 'empty-reply'],
    ['white space', [text(' \n'), finish('stop', 'stop')], 'empty-reply'],
    ['a filter before any word', [finish('content-filter', 'SAFETY')], 'content-filter'],
    ['a filter after thought', [thought('x'), finish('content-filter', 'S')], 'content-filter'],
    ['an error', [text('x'), { type: 'error' as const, error: 'Overloaded' }], 'overloaded'],
  ])('with %s fails: "%3$s"', async (_, parts, kind) => {
    expect((await read(...parts)).kind).toBe(kind);
  });

  it.each([
    ['cut at the limit', [text('x'), finish('length', 'length')], 'length'],
    ['whose limit was used up before', [finish('length', 'length')], 'length'],
    ['cut by a filter', [text('x'), finish('content-filter', 'RECITATION')], 'content-filter'],
    ['of thought alone', [thought('x'), finish('stop', 'stop')], 'stop'],
    ['of a picture alone', [picture, finish('stop', 'STOP')], 'stop'],
    ['with a reason that is unknown', [text('x'), finish('other', 'new')], 'other'],
  ])('%s is told by the reason it ended for', async (_, parts, unified) => {
    expect((await read(...parts)).end?.finishReason.unified).toBe(unified);
  });

  it('hands out what came before the error', async () => {
    const { shown } = await read(text('The sky'), { type: 'error', error: 'Overloaded' });
    expect(shown).toEqual([{ type: 'text', delta: 'The sky' }]);
  });
});

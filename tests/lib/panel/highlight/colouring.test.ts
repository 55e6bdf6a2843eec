import { describe, expect, it, vi } from 'vitest';
import { Colouring } from '@/lib/panel/highlight/colouring';
import { kinds, type LineColours } from '@/lib/panel/highlight/kinds';
import type { ThreadAnswer, ThreadRequest } from '@/lib/panel/highlight/thread-messages';

const code = [
  'import { a } from "b";',
  '',
  '/* A comment',
  '   of two lines */',
  'export const text = `from ${a} to',
  '  the end`;',
  ...Array.from({ length: 300 }, (_, index) => `call(${index}, 'word'); // ${index}`),
];

/** The thread, and the colours that it told, by block and line. */
function thread() {
  const answers: ThreadAnswer[] = [];
  const colouring = new Colouring((answer) => answers.push(answer));
  const coloursOf = (block: number): LineColours[] => {
    const lines: LineColours[] = [];
    for (const answer of answers) {
      if (answer.type !== 'colours' || answer.block !== block) continue;
      for (const [index, line] of answer.lines.entries()) lines[answer.from + index] = line;
    }
    return lines;
  };
  return { answers, coloursOf, send: (request: ThreadRequest) => colouring.receive(request) };
}

const block = (number: number) => ({ block: number, grammar: 'typescript' }) as const;

async function atOnce(lines: string[]): Promise<LineColours[]> {
  const { send, coloursOf } = thread();
  send({ type: 'lines', ...block(1), lines });
  await expect.poll(() => coloursOf(1).length).toBe(lines.length);
  return coloursOf(1);
}

describe('colours', () => {
  it('of a block that comes line by line are those of the whole block', async () => {
    const { send, coloursOf } = thread();
    const toldLines = (count: number) => vi.waitUntil(() => coloursOf(1).length === count);
    for (const [index, line] of code.entries()) {
      send({ type: 'tail', ...block(1), line: line.slice(0, 9) });
      // Some tails are coloured before their line is whole, some are not.
      if (index % 30 === 0) await toldLines(index + 1);
      send({ type: 'lines', ...block(1), lines: [line] });
    }
    await expect.poll(() => coloursOf(1).at(-1)).toEqual((await atOnce(code)).at(-1));
    expect(coloursOf(1)).toEqual(await atOnce(code));
  });

  it('of the last line come before it ends, and again when it has grown', async () => {
    const { send, coloursOf } = thread();
    send({ type: 'lines', ...block(1), lines: ['let a;'] });
    send({ type: 'tail', ...block(1), line: 'const' });
    const [whole, tail = []] = await atOnce(['let a;', 'const']);
    // What it grows by is plain.
    const plain = ['const'.length, kinds.indexOf('plain')];
    await expect.poll(() => coloursOf(1)).toEqual([whole, [...tail, ...plain]]);
    send({ type: 'lines', ...block(1), lines: ['const b = 1;'] });
    await expect.poll(() => coloursOf(1)).toEqual(await atOnce(['let a;', 'const b = 1;']));
  });

  it('of two blocks do not mix', async () => {
    const { send, coloursOf } = thread();
    send({ type: 'lines', ...block(1), lines: ['/* open'] });
    send({ type: 'lines', ...block(2), lines: ['let a;'] });
    send({ type: 'lines', ...block(1), lines: ['let a;'] });
    await expect.poll(() => [coloursOf(1).length, coloursOf(2).length]).toEqual([2, 1]);
    expect(coloursOf(2)).toEqual(await atOnce(['let a;']));
    expect(coloursOf(1)).toEqual(await atOnce(['/* open', 'let a;']));
  });

  it('of a block that is gone are not told', async () => {
    const { send, coloursOf } = thread();
    send({ type: 'lines', ...block(1), lines: code });
    send({ type: 'lines', ...block(2), lines: ['let a;'] });
    send({ type: 'close', block: 1 });
    await expect.poll(() => coloursOf(2).length).toBe(1);
    expect(coloursOf(1)).toEqual([]);
  });
});

it('the thread says that it still answers', () => {
  const { send, answers } = thread();
  send({ type: 'ping' });
  expect(answers).toEqual([{ type: 'pong' }]);
});

import { describe, expect, it } from 'vitest';
import { splitThinkTags } from '@/lib/stream/think-tags';

/** What comes of the pieces: all that is thought, and all that is said, as long as nothing is thought after it. */
function split(pieces: string[]): { thought: string; said: string } {
  const tags = splitThinkTags();
  const handed = [...pieces.flatMap((piece) => tags.push(piece)), ...tags.end()];
  const types = handed.map(({ type }) => type);
  expect(types.lastIndexOf('reasoning')).toBeLessThan(
    types.includes('text') ? types.indexOf('text') : Infinity,
  );
  const joined = (wanted: string) =>
    handed.map(({ type, delta }) => (type === wanted ? delta : '')).join('');
  return { thought: joined('reasoning'), said: joined('text') };
}

const rows: [text: string, thought: string, said: string][] = [
  ['<think>Hm, 1 < 2 </ b</think>Yes.', 'Hm, 1 < 2 </ b', 'Yes.'],
  ['\n <think>\nHm\n</think>\n\n Yes.', 'Hm\n', 'Yes.'],
  ['<think></think>Yes.', '', 'Yes.'],
  ['<think>\n\n</think>\n\nYes.', '', 'Yes.'],
  ['<think>Hm', 'Hm', ''],
  ['<think>Hm</thin', 'Hm</thin', ''],
  ['<think>Hm</think>', 'Hm', ''],
  ['<think>Hm</think>a</think><think>b</think>', 'Hm', 'a</think><think>b</think>'],
  ['<think>a<think>b</think>c', 'a<think>b', 'c'],
  ['Yes. <think>no</think>', '', 'Yes. <think>no</think>'],
  ['<thinking>no</thinking>', '', '<thinking>no</thinking>'],
  ['<THINK>no</THINK>', '', '<THINK>no</THINK>'],
  ['  <b>', '', '  <b>'],
  ['<thin', '', '<thin'],
  ['\n\n', '', '\n\n'],
  ['', '', ''],
  ['<think>🙂</think>Да 👩‍👩‍👧', '🙂', 'Да 👩‍👩‍👧'],
];

describe('a text with tags around what the model thinks', () => {
  it.each(rows)(
    '%j is told apart, whole, in single units and cut anywhere',
    (text, thought, said) => {
      expect(split([text])).toEqual({ thought, said });
      expect(split(text.split(''))).toEqual({ thought, said });
      for (let cut = 0; cut <= text.length; cut += 1) {
        expect(split([text.slice(0, cut), text.slice(cut)])).toEqual({ thought, said });
      }
    },
  );

  it('is handed on as it comes, not at its end', () => {
    const tags = splitThinkTags();
    expect(tags.push('<think>Hm')).toEqual([{ type: 'reasoning', delta: 'Hm' }]);
    expect(tags.push(' so</th')).toEqual([{ type: 'reasoning', delta: ' so' }]);
    expect(tags.push('e')).toEqual([{ type: 'reasoning', delta: '</the' }]);
    expect(tags.push('</think>Y')).toEqual([{ type: 'text', delta: 'Y' }]);
    expect(tags.push('es')).toEqual([{ type: 'text', delta: 'es' }]);
  });

  it('does not wait for a tag behind white space without end', () => {
    const tags = splitThinkTags();
    expect(tags.push(' '.repeat(1000))).toEqual([{ type: 'text', delta: ' '.repeat(1000) }]);
  });
});

import { describe, expect, it } from 'vitest';
import { GROUP, groupLines, placeColours } from '@/lib/panel/highlight/code-groups';

const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `line ${from + index}`).join('\n');

describe('code in groups', () => {
  it.each([0, 1, 2, GROUP - 1, GROUP, GROUP + 1, 3 * GROUP, 3 * GROUP + 7])(
    'of %i lines is the same text, cut behind each %#th group',
    (count) => {
      const code = lines(count);
      const { texts, lineCount } = groupLines(code);
      expect(texts.join('')).toBe(code);
      expect(lineCount).toBe(code.split('\n').length);
      for (const text of texts.slice(0, -1)) {
        expect(text.split('\n')).toHaveLength(GROUP + 1);
        expect(text.endsWith('\n')).toBe(true);
      }
    },
  );

  it('grows as if it had been there at once, and keeps its full groups', () => {
    const code = lines(4 * GROUP + 3);
    let groups = groupLines('');
    for (let end = 0; end <= code.length; end += 13) {
      const before = groups;
      groups = groupLines(code.slice(0, end), before);
      expect(groups).toEqual(groupLines(code.slice(0, end)));
      expect(groups.texts.slice(0, before.texts.length - 1)).toEqual(before.texts.slice(0, -1));
    }
    expect(groupLines(code, groups).texts.join('')).toBe(code);
  });

  it('that is other code starts anew', () => {
    expect(groupLines('b\nc', groupLines(lines(200)))).toEqual(groupLines('b\nc'));
  });
});

describe('colours', () => {
  it('are placed by the number of their line, over groups', () => {
    const first = placeColours(
      [],
      0,
      Array.from({ length: GROUP + 2 }, (_, index) => [index]),
    );
    expect(first.map((group) => group?.length)).toEqual([GROUP, 2]);
    const more = placeColours(first, GROUP + 1, [[-1], [-2]]);
    expect(more[0]).toBe(first[0]);
    expect(more[1]).toEqual([[GROUP], [-1], [-2]]);
  });
});

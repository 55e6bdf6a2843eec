import { describe, expect, it } from 'vitest';
import { withoutMarks, withoutMarksAround } from '@/lib/without-marks';

const onOneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

describe('Markdown without its marks', () => {
  it.each([
    ['headings', '## A practice answer\n\nYou', 'A practice answer You'],
    ['strong and leaning words', 'a **b** __c__ *d e* _f_ ~~g~~', 'a b c d e f g'],
    ['strong words without spaces around them', '这是**重点**。', '这是重点。'],
    ['words strong and leaning at once', '***a*** **b *c* d** **Note:** e', 'a b c d Note: e'],
    ['code', 'a `b` and\n\n```rust\nfn main() {}\n```\n\nc', 'a b and fn main() {} c'],
    ['lists, tasks and quotes', '- a\n  * b\n- [x] c\n> - d', 'a b c d'],
    ['numbers of items stay', '1. a\n2. b', '1. a 2. b'],
    ['links', '[a b](https://x.example/a_(b)) and [c][1]\n\n[1]: https://y.example', 'a b and c'],
    ['a link whose end is cut off', 'see [a](https://x.exam', 'see a'],
    ['pictures', '![A cat](https://x.example/c.png "C")', 'A cat'],
    ['notes', 'a[^1] b [^2] c[^the-note].\n\n[^1]: The note', 'a b c. The note'],
    ['tables', '| a | b |\n| - | :-: |\n| 1 | 2 |', 'a b 1 2'],
    ['rules', 'a\n\n---\n\nb', 'a b'],
    ['the tags that are drawn', 'H<sub>2</sub>O<br>x<details>', 'H2O x'],
    ['what was kept from being a mark', 'a \\$5 \\*b', 'a $5 *b'],
  ])('%s', (_, text, expected) => {
    expect(onOneLine(withoutMarks(text))).toBe(expected);
  });

  it.each([
    '2 * 3 * 4',
    '2 ** 3 and 2**3',
    'snake_case_name and my__name',
    'a - b, c > d, # e',
    'x[1] (y) [z]',
    'arr[i][j] = k',
    'foo[a](b) call',
    'Use array[0](x)',
    'regexp: [^a-z]+ and [^b]',
    'f(*args, **kwargs)',
    'f(**a) and g(**b)',
    'char **argv',
    'int **a, **b;',
    'the **practice ser',
    'if (a < b) {}',
  ])('leaves %s', (text) => {
    expect(withoutMarks(text)).toBe(text);
  });

  it('reads no more than it has to of a long text', () => {
    const far = 'word '.repeat(100_000);
    const around = withoutMarksAround(`${far}**here**${far}`, [far.length + 2, far.length + 6]);
    expect(around).toContain('word here');
    expect(around.length).toBeLessThan(2000);
  });
});

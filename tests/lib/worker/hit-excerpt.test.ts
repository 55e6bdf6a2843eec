import { describe, expect, it, vi } from 'vitest';
import { hitExcerpt } from '@/lib/worker/hit-excerpt';

const far = 'word '.repeat(200);

describe('what a search shows', () => {
  it.each([
    [
      'without marks',
      '## A plan\n\nThe **green [sea](https://a.example/b)**.',
      'A plan The green sea.',
    ],
    [
      'with an address where the hit is in it',
      'See [it](https://sea.example).',
      'See [it](https://sea.example).',
    ],
  ])('of a reply is as it is read, %s', (_, text, excerpt) => {
    const { marks, ...found } = hitExcerpt('assistant', text, 'sea');
    expect(found).toEqual({ excerpt });
    expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['sea']);
  });

  it('of a long reply is what is around the hit', () => {
    const { excerpt, marks } = hitExcerpt('assistant', `${far}**the sea** ${far}`, 'sea');
    expect(excerpt).toMatch(/^…word (?:word )*the sea (?:word )*word…$/u);
    expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['sea']);
  });

  it('is found without looking at the rest of the text', () => {
    const looks = vi.spyOn(RegExp.prototype, 'exec');
    hitExcerpt('assistant', 'sea '.repeat(50_000), 'sea');
    const count = looks.mock.calls.length;
    looks.mockRestore();
    expect(count).toBeLessThan(10_000);
  });

  it('of a prompt is as it was written', () => {
    expect(hitExcerpt('user', 'The **sea**', 'sea').excerpt).toBe('The **sea**');
  });
});

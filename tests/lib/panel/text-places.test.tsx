import { describe, expect, it, vi } from 'vitest';
import { findAnywhere } from '@/lib/search-terms';
import { keepMarked, markPlaces, placesAmong, textPlaces } from '@/lib/panel/text-places';

describe('places among what is drawn', () => {
  const drawn = [
    { start: 10, end: 20 },
    { start: 20, end: 30 },
  ];
  it.each<[string, [number, number][], [number, number][]]>([
    [
      'are the marks where nothing is',
      [
        [0, 5],
        [5, 10],
        [30, 31],
      ],
      [
        [0, 5],
        [5, 10],
        [30, 31],
      ],
    ],
    ['are all of what a mark lies in', [[12, 13]], [[10, 20]]],
    [
      'are one where several marks lie in it',
      [
        [8, 9],
        [12, 13],
        [15, 20],
      ],
      [
        [8, 9],
        [10, 20],
      ],
    ],
    [
      'are two in two that touch',
      [
        [12, 13],
        [25, 26],
      ],
      [
        [10, 20],
        [20, 30],
      ],
    ],
    [
      'have the words around it',
      [
        [5, 11],
        [12, 13],
        [29, 40],
      ],
      [
        [5, 20],
        [20, 40],
      ],
    ],
    ['reach over several', [[5, 40]], [[5, 40]]],
  ])('%s', (_, marks, places) => {
    expect(placesAmong(marks, drawn)).toEqual(places);
  });
});

describe('a place in a text', () => {
  const stage = document.createElement('div');
  stage.innerHTML =
    '<p>the <b>val</b>ue of <span data-find-text="x_1"><i>x</i><i>1</i></span> is</p><div data-find-text="A-->B"><img><button>Save</button></div>';
  const [formula, diagram] = stage.querySelectorAll('[data-find-text]');
  const find = (query: string) =>
    textPlaces(stage, (text) => findAnywhere(text, query)).map((place) =>
      place.map((piece) => (piece instanceof Range ? piece.toString() : piece)),
    );

  it.each([
    ['words, over several elements', 'value', ['value']],
    ['a formula as a whole', '_1', [formula]],
    ['words and the formula between them', 'of x_1 is', ['of ', formula, ' is']],
    ['a diagram', 'b', [diagram]],
  ])('is %s', (_, query, place) => {
    expect(find(query).at(-1)).toEqual(place);
  });

  it('is no part of how it is drawn, and no control', () => {
    expect(find('x1')).toEqual([]);
    expect(find('save')).toEqual([]);
  });

  it('has a mark where it is drawn, until another place is marked', () => {
    document.body.append(stage);
    markPlaces(
      'find',
      textPlaces(stage, (text) => findAnywhere(text, 'x_1')),
    );
    expect([...stage.querySelectorAll('[data-mark-find]')]).toEqual([formula]);
    markPlaces('find', []);
    expect(stage.querySelector('[data-mark-find]')).toBeNull();
    stage.remove();
  });
});

it('marks are made again when what they lie on has changed, until they are not wanted', async () => {
  const code = document.createElement('code');
  code.append('let a;');
  const mark = vi.fn<() => void>();
  const stop = keepMarked(code, mark);
  expect(mark).toHaveBeenCalledOnce();
  code.replaceChildren(document.createElement('span'));
  await expect.poll(() => mark.mock.calls.length).toBe(2);
  stop();
  code.replaceChildren('let b;');
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  expect(mark).toHaveBeenCalledTimes(2);
});

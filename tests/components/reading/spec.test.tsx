/** What the specifications' examples look like, against the HTML that they stand for. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '@/components/reading/markdown';
import { setUpPage, show } from '../../component';
import { specExamples, type SpecExample } from '../../spec-examples';
import { growing } from '../../streamed';

setUpPage();

/** What is shown in another way on purpose: why, and the numbers of the examples. */
const deviations = {
  'HTML is text: nothing that a model writes becomes an element': {
    CommonMark: [
      21,
      31,
      ...range(148, 191),
      201,
      308,
      309,
      344,
      475,
      476,
      477,
      491,
      494,
      524,
      536,
      ...range(613, 617),
      623,
      ...range(625, 631),
      642,
      643,
    ],
    GFM: [653],
  },
  'a picture of an address is not loaded: its description stands there': {
    CommonMark: [517, 520, 531, ...range(572, 589), 591],
    GFM: [],
  },
  'a bare address is a link too, as GitHub has it': {
    CommonMark: [602, 606, 608, 611, 612],
    GFM: [],
  },
  'an address is written as the browser writes it': {
    CommonMark: [20, 526, 538, 603],
    GFM: [],
  },
  'a formula may stand between brackets with a backslash': { CommonMark: [12], GFM: [] },
  'a row has the cells that it was written with': { CommonMark: [], GFM: [202, 204] },
  'the box of a task is a sign: it cannot be ticked': { CommonMark: [], GFM: [279, 280] },
};

const deviating = new Set(
  Object.values(deviations).flatMap(({ CommonMark, GFM }) => [
    ...CommonMark.map((number) => `CommonMark ${number}`),
    ...GFM.map((number) => `GFM ${number}`),
  ]),
);

/** What differs by the way that an element came about: the order of its attributes, and made-up ids. */
function inOneOrder(root: HTMLElement): string {
  for (const element of root.querySelectorAll('*')) {
    const attributes = [...element.attributes].map(({ name, value }): [string, string] => [
      name,
      value.replaceAll(/_[Rr]_\w+_/gu, 'id').replaceAll(/(?<=:) |;$/gu, ''),
    ]);
    for (const [name] of attributes) element.removeAttribute(name);
    for (const [name, value] of attributes.toSorted(byName)) element.setAttribute(name, value);
  }
  return root.innerHTML;
}

const byName = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const KEPT = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del hr br table tr th td a'.split(
    ' ',
  ),
);
const NO_TEXT = 'button, figcaption, input, svg, img, [aria-hidden="true"], [data-copy="none"]';

/**
 * The elements that say what a text is, and its words: without what is ours alone, and without what
 * makes no difference to a reader.
 */
function outline(html: string, headingShift: number): string {
  const root = document.createElement('div');
  root.innerHTML = html;
  for (const element of root.querySelectorAll(NO_TEXT)) element.remove();
  return [...root.childNodes]
    .map((node) => outlineOf(node, headingShift))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?(<[^>]*>) ?/g, '$1')
    .trim();
}

function outlineOf(node: Node, headingShift: number): string {
  if (!(node instanceof HTMLElement)) {
    return (node.nodeValue ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  }
  const inside = [...node.childNodes].map((one) => outlineOf(one, headingShift)).join('');
  const tag = node.tagName.toLowerCase();
  if (!KEPT.has(tag)) return inside;
  // Items hold paragraphs, whether there are blank lines between them or not.
  if (tag === 'p' && node.parentElement?.tagName === 'LI') return ` ${inside} `;
  if (tag === 'a') {
    const address = URL.parse(node.getAttribute('href') ?? '');
    // Only addresses of the web and of mail are links.
    const isLink = address && /^(?:https?|mailto):$/.test(address.protocol);
    return isLink ? `<a ${address.href}>${inside}</a>` : inside;
  }
  const level = /^h([1-6])$/.exec(tag)?.[1];
  const name = level ? `h${Math.min(6, Number(level) + headingShift)}` : tag;
  return `<${name}>${inside}</${name}>`;
}

function expectedOutline({ html }: SpecExample): string {
  // The page's own heading is the first level.
  return outline(html, 1);
}

function shownOutline({ markdown }: SpecExample): string {
  return outline(renderToStaticMarkup(<Markdown text={markdown} />), 0);
}

describe('the examples of the specifications', () => {
  const [others, shownElsewise] = [false, true].map((isDeviating) =>
    specExamples.filter(({ name }) => deviating.has(name) === isDeviating),
  );

  it.each(others ?? [])('are shown as their HTML says: $name', (example) => {
    expect(shownOutline(example)).toBe(expectedOutline(example));
  });

  it.each(shownElsewise ?? [])('are shown in another way on purpose: $name', (example) => {
    expect(shownOutline(example)).not.toBe(expectedOutline(example));
  });

  it.each(specExamples)('end as if they had come at once: $name', ({ markdown }) => {
    const { container, rerender } = show(<Markdown text="" isGrowing />);
    for (const text of growing(markdown, 1, 3)) rerender(<Markdown text={text} isGrowing />);
    rerender(<Markdown text={markdown} />);
    const whole = document.createElement('div');
    whole.innerHTML = renderToStaticMarkup(<Markdown text={markdown} />);
    expect(inOneOrder(container)).toBe(inOneOrder(whole));
  });
});

/** The interface's texts, in both languages. */
import type { ESTree } from 'vite';
import { describe, expect, it } from 'vitest';
import en from '../public/_locales/en/messages.json';
import ru from '../public/_locales/ru/messages.json';
import { filesIn, read, sourceFiles } from './source-files';

type Texts = Record<string, { message: string }>;
const languages: [string, Texts][] = [
  ['en', en],
  ['ru', ru],
];

const PLURAL = /_(?:one|few|many|other)$/u;
const stemOf = (key: string) => key.replace(PLURAL, '');
const stems = [...new Set(Object.keys(en).map(stemOf))];

function textsOf(texts: Texts, stem: string): [string, string][] {
  return Object.entries(texts)
    .filter(([key]) => stemOf(key) === stem)
    .map(([key, { message }]) => [key, message]);
}

const placeholdersIn = (text: string) => [...new Set(text.match(/\{\w+\}/gu))].toSorted();

const words = (text: string) =>
  text.replaceAll(/\{\w+\}|AI-Chats\.org|Aside/gu, '').match(/\p{L}{2,}/gu);

describe('both languages', () => {
  it('have the same texts', () => {
    expect(Object.keys(ru).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('have all four plural forms where there is one', () => {
    const counted = stems.filter((stem) => textsOf(en, stem).some(([key]) => PLURAL.test(key)));
    expect(counted.length).toBeGreaterThan(0);
    const forms = ['few', 'many', 'one', 'other'];
    for (const [, texts] of languages) {
      expect(
        counted.map((stem) =>
          textsOf(texts, stem)
            .map(([key]) => key)
            .toSorted(),
        ),
      ).toEqual(counted.map((stem) => forms.map((form) => `${stem}_${form}`)));
    }
  });

  it.each(stems)('have the same placeholders in "%s"', (stem) => {
    const [first] = textsOf(en, stem);
    const expected = placeholdersIn(first?.[1] ?? '');
    for (const [, texts] of languages) {
      for (const [key, text] of textsOf(texts, stem)) {
        expect([key, placeholdersIn(text)]).toEqual([key, expected]);
      }
    }
  });

  it('keep to what Chrome takes', () => {
    for (const [, texts] of languages) {
      expect(Object.keys(texts).filter((key) => !/^[\w@]+$/u.test(key))).toEqual([]);
      // `$` begins a placeholder of Chrome's own.
      expect(
        Object.entries(texts).filter(([, { message }]) => !message || message.includes('$')),
      ).toEqual([]);
      expect(texts['extensionDescription']?.message.length).toBeLessThanOrEqual(132);
      expect(texts['extensionName']?.message.length).toBeLessThanOrEqual(75);
    }
  });

  it('name themselves', () => {
    expect(languages.map(([, texts]) => texts['languageCode']?.message)).toEqual(['en', 'ru']);
  });

  it('are what they say: Russian is in Cyrillic, English is not', () => {
    const own = new Set(['languageCode', 'extensionName', 'languageEn', 'languageRu']);
    const wrong = stems
      .filter((stem) => !own.has(stem))
      .flatMap((stem) => [
        ...textsOf(en, stem).filter(([, text]) => /\p{Script=Cyrillic}/u.test(text)),
        ...textsOf(ru, stem).filter(
          ([, text]) => words(text) && !/\p{Script=Cyrillic}/u.test(text),
        ),
      ]);
    expect(wrong).toEqual([]);
  });
});

describe('every text', () => {
  /** Every string that stands in the source, and the start of those that are put together. */
  const strings = new Set<string>();
  const starts = new Set<string>();
  for (const { nodes } of sourceFiles) {
    for (const node of nodes) {
      if (node.type === 'Literal' && typeof node.value === 'string') strings.add(node.value);
      if (node.type === 'TemplateLiteral') starts.add(node.quasis[0]?.value.raw ?? '');
    }
  }
  const inManifest = read('wxt.config.ts');

  it('is used somewhere', () => {
    const unused = stems.filter(
      (stem) =>
        !strings.has(stem) &&
        !inManifest.includes(`__MSG_${stem}__`) &&
        ![...starts].some((start) => start.endsWith('_') && stem.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('that the manifest names is there', () => {
    const named = [...inManifest.matchAll(/__MSG_(\w+)__/gu)].map(([, key]) => key);
    expect(named.length).toBeGreaterThan(0);
    expect(Object.keys(en)).toEqual(expect.arrayContaining(named));
  });
});

const readAttributes = new Set([
  'aria-label',
  'aria-description',
  'title',
  'placeholder',
  'alt',
  'label',
]);
const isWords = (value: unknown): value is string =>
  typeof value === 'string' && /\p{L}{2,}/u.test(value);

/** What a person would read of this node, though it is in no language file. */
function literalIn(node: ESTree.Node): string[] {
  if (node.type === 'JSXText' && isWords(node.value)) return [node.value.trim()];
  if (node.type === 'JSXAttribute') {
    const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
    return readAttributes.has(name) ? wordsIn(node.value) : [];
  }
  if (node.type !== 'JSXElement' && node.type !== 'JSXFragment') return [];
  return node.children.flatMap((child) => wordsIn(child));
}

/** Words that stand in the value itself, or in one of its branches. */
function wordsIn(node: ESTree.Node | null): string[] {
  switch (node?.type) {
    case 'Literal':
      return isWords(node.value) ? [node.value] : [];
    case 'TemplateLiteral':
      return node.quasis.map(({ value }) => value.raw).filter(isWords);
    case 'JSXExpressionContainer':
      return wordsIn(node.expression);
    case 'ConditionalExpression':
      return [...wordsIn(node.consequent), ...wordsIn(node.alternate)];
    case 'LogicalExpression':
      return [...wordsIn(node.left), ...wordsIn(node.right)];
    case undefined:
    default:
      return [];
  }
}

describe('components', () => {
  it('hold no sentence of their own', () => {
    const found = filesIn('components/', 'entrypoints/').flatMap(({ path, nodes }) =>
      nodes.flatMap(literalIn).map((text) => `${path}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

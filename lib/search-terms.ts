/**
 * Words as search sees them, for the worker's index and for the marks that pages show. Scripts that
 * put spaces between words are searched by the beginnings of words, the others anywhere.
 */

/** A range of UTF-16 units. */
export type Mark = [start: number, end: number];

/** Words are told apart by this many UTF-16 units of their folded form. */
const WORD_LENGTH = 40;
/** So many words of a query count. */
const MOST_WORDS = 16;
/** The share of an excerpt that stands before its first hit. */
const LEAD = 1 / 3;
/** A cut moves up to so many units to fall between words. */
const CUT_REACH = 24;
/** What is looked at on both sides to find where a character begins. */
const CHARACTER_REACH = 64;

const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const spaceless = `[[${scripts.map((name) => `\\p{scx=${name}}`).join('')}]&&[\\p{L}\\p{M}\\p{N}]]`;
const dense = `[${spaceless}\\p{Extended_Pictographic}]`;
const spaced = `[[\\p{L}\\p{M}\\p{N}]--${spaceless}]`;
/** Soft hyphens and joiners are within words, though nobody sees them. */
const JOINERS = '\\u00AD\\u200C\\u200D\\u2060\\uFE0F\\uFEFF';

/** Runs of a text: a dense one has no spaces between its words (emoji count as such), a word is the other. */
const RUNS = new RegExp(
  `(?<dense>${dense}[${dense}${JOINERS}]*)|${spaced}[${spaced}${JOINERS}]*`,
  'gv',
);

/** Accents, points and what is invisible. The voice marks of kana make other letters: they stay. */
const DROPPED =
  /[[[\p{Mn}&&[\p{sc=Inherited}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Cyrillic}]]\p{Cf}]--[\u3099\u309A]]/gv;

/** Letters that Unicode does not take apart, though people type them without their strokes. */
const PLAIN: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const MARKED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
const ASCII = /^[\0-\x7F]*$/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

interface Run {
  start: number;
  text: string;
  folded: string;
  isDense: boolean;
}

type Word = Pick<Run, 'folded' | 'isDense'>;

/** A text without case, accents and other forms of the same letters, for comparisons. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(DROPPED, '')
    .toLowerCase()
    .replace(MARKED, (letter) => PLAIN[letter] ?? letter);
}

/** What the index keeps of a text: its words, and of dense runs each pair of characters and the last one. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const { folded, isDense } of runsOf(text)) {
    if (!isDense) {
      terms.add(cutWord(folded));
      continue;
    }
    let previous = '';
    for (const character of folded) {
      if (previous) terms.add(previous + character);
      previous = character;
    }
    terms.add(previous);
  }
  return terms;
}

/**
 * What to look up in the index for a query: each is the beginning of a term of every message that
 * fits. A message that has them all need not fit: `hasAllWords` tells.
 */
export function queryTerms(query: string): Set<string> {
  const terms = new Set<string>();
  for (const { folded, isDense } of wordsOf(query)) {
    if (!isDense) {
      terms.add(folded);
      continue;
    }
    const characters = Array.from(folded);
    for (let at = 0; at < characters.length; at += 2) {
      // Of an odd number, the last character goes with the one before.
      const start = Math.max(0, Math.min(at, characters.length - 2));
      terms.add(characters.slice(start, start + 2).join(''));
    }
  }
  return terms;
}

/** Whether each word of the query occurs in the text; no, when there are none. */
export function hasAllWords(text: string, query: string): boolean {
  const words = wordsOf(query);
  const missing = new Set(words);
  for (const { word } of hitsIn(text, words)) {
    missing.delete(word);
    if (missing.size === 0) return true;
  }
  return false;
}

/** Where words of the query occur in the text, in order, none touching another. */
export function findMarks(text: string, query: string): Mark[] {
  return [...marksIn(text, query)];
}

/**
 * Where the query occurs in the text as it stands, within words too: what people expect of a search
 * in a page. Case and accents do not count; a hit lies in one line.
 */
export function findAnywhere(text: string, query: string): Mark[] {
  const needle = foldText(query);
  if (!needle) return [];
  const marks: Mark[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const run: Run = { start, text: line, folded: foldText(line), isDense: true };
    marks.push(...placesIn(run, needle));
    start += line.length + 1;
  }
  return marks;
}

/**
 * The words around the first hit, on one line of about `length` UTF-16 units, and the hits in it.
 * Without a hit, the start of the text.
 */
export function excerptAround(
  text: string,
  query: string,
  length = 120,
): { excerpt: string; marks: Mark[] } {
  const marks = marksIn(text, query);
  const first = marks.next().value ?? [0, 0];
  const start = cutBefore(text, first[0] - Math.floor(length * LEAD), first[0]);
  // A hit longer than the excerpt is cut.
  const least = Math.min(first[1], start + 2 * length);
  const end = cutAfter(text, Math.max(start + length, least), least);
  const line = lineWriter(start > 0);
  let at = start;
  for (let mark: Mark | undefined = first; mark && mark[0] < end; mark = marks.next().value) {
    line.write(text.slice(at, mark[0]));
    line.write(text.slice(mark[0], Math.min(mark[1], end)), true);
    at = Math.min(mark[1], end);
  }
  line.write(text.slice(at, end));
  return line.end(end < text.length);
}

/** Puts pieces on one line and notes where the marked ones lie. */
function lineWriter(isCut: boolean) {
  const marks: Mark[] = [];
  let line = isCut ? '…' : '';
  return {
    write(piece: string, isMarked = false) {
      const start = line.length;
      const isStart = line === '' || /[\s…]$/u.test(line);
      line += isStart ? piece.replace(/\s+/gu, ' ').trimStart() : piece.replace(/\s+/gu, ' ');
      if (isMarked && line.length > start) marks.push([start, line.length]);
    },
    end: (isCutToo: boolean) => ({ excerpt: line.trimEnd() + (isCutToo ? '…' : ''), marks }),
  };
}

function cutWord(folded: string): string {
  return folded.slice(0, WORD_LENGTH);
}

function* runsOf(text: string): Generator<Run, undefined> {
  for (const match of text.matchAll(RUNS)) {
    const folded = foldText(match[0]);
    const isDense = match.groups?.['dense'] !== undefined;
    if (folded) yield { start: match.index, text: match[0], folded, isDense };
  }
}

/** The words of a query, without those that are the beginning of another. */
function wordsOf(query: string): Word[] {
  const words = new Map<string, Word>();
  for (const { folded, isDense } of runsOf(query)) {
    const word = cutWord(folded);
    words.set(word, { folded: word, isDense });
    if (words.size === MOST_WORDS) break;
  }
  const all = [...words.keys()];
  return [...words.values()].filter(
    ({ folded }) => !all.some((other) => other !== folded && other.startsWith(folded)),
  );
}

/** The same one by one: who needs the first does not find the others. */
export function* marksIn(text: string, query: string): Generator<Mark, undefined> {
  let last: Mark | undefined;
  for (const { mark } of hitsIn(text, wordsOf(query))) {
    if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1]);
    else {
      if (last) yield last;
      last = mark;
    }
  }
  if (last) yield last;
}

/** Each place of each word, by where it begins. */
function* hitsIn(text: string, words: Word[]): Generator<{ mark: Mark; word: Word }, undefined> {
  if (words.length === 0) return;
  const denseWords = words.filter(({ isDense }) => isDense);
  const spacedWords = words.filter(({ isDense }) => !isDense);
  for (const run of runsOf(text)) {
    const hits = [];
    for (const word of run.isDense ? denseWords : spacedWords) {
      for (const mark of placesIn(run, word.folded)) hits.push({ mark, word });
    }
    yield* hits.toSorted((one, other) => one.mark[0] - other.mark[0]);
  }
}

/** Where a word occurs in a run: at the beginning of a word, anywhere in a dense run. */
function placesIn(run: Run, word: string): Mark[] {
  if (!run.isDense) return run.folded.startsWith(word) ? originals(run, word.length, [0]) : [];
  const places: number[] = [];
  for (
    let at = run.folded.indexOf(word);
    at >= 0;
    at = run.folded.indexOf(word, at + word.length)
  ) {
    places.push(at);
  }
  return originals(run, word.length, places);
}

/** The ranges of the original text that became these places of the folded run, in whole characters. */
function originals(run: Run, length: number, places: number[]): Mark[] {
  if (places.length === 0) return [];
  const origins = originsOf(run);
  return places.map((place) => {
    let end = place + length;
    while (end < run.folded.length && origins[end] === origins[end - 1]) end += 1;
    return [run.start + (origins[place] ?? 0), run.start + (origins[end] ?? run.text.length)];
  });
}

/** For each unit of the folded run and its end, where the character that it comes from begins. */
function originsOf({ text, folded }: Run): Uint32Array {
  const origins = new Uint32Array(folded.length + 1).fill(text.length);
  let at = 0;
  let origin = 0;
  for (const character of text) {
    const end = at + foldText(character).length;
    origins.fill(origin, at, end);
    at = end;
    origin += character.length;
  }
  return origins;
}

/** The place at or after `at` where a word begins, if one does so soon and before the hit. */
function cutBefore(text: string, at: number, hit: number): number {
  if (at <= 0) return 0;
  const space = /\s+/u.exec(text.slice(at, Math.min(at + CUT_REACH, hit)));
  return space ? at + space.index + space[0].length : characterStart(text, at);
}

/** The place at or before `at` where a word ends, if one does so near. */
function cutAfter(text: string, at: number, least: number): number {
  if (at >= text.length) return text.length;
  const from = Math.max(least, at - CUT_REACH);
  const space = text.slice(from, at).search(/\s\S*$/u);
  return space >= 0 ? from + space : characterStart(text, at);
}

/** Where the character begins that this unit belongs to, as people see characters. */
function characterStart(text: string, at: number): number {
  const from = Math.max(0, at - CHARACTER_REACH);
  const around = graphemes.segment(text.slice(from, at + CHARACTER_REACH));
  return from + (around.containing(at - from)?.index ?? at - from);
}

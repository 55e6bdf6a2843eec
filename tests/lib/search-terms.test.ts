import { describe, expect, it } from 'vitest';
import {
  excerptAround,
  findAnywhere,
  findMarks,
  foldText,
  hasAllWords,
  queryTerms,
  termsOf,
} from '@/lib/search-terms';

/** The pieces of the text that are marked. */
function marked(text: string, query: string): string[] {
  return findMarks(text, query).map(([start, end]) => text.slice(start, end));
}

describe('folding', () => {
  it.each([
    ['case', 'Hello WORLD', 'hello world'],
    ['accents', 'Café Ñandú Łódź', 'cafe nandu lodz'],
    ['accents written apart', 'cafe\u0301', 'cafe'],
    ['Russian', 'Ёлка ЙОД', 'елка иод'],
    ['German', 'STRASSE Straße ẞ', 'strasse strasse ss'],
    ['Turkish i, with a dot and without', 'İstanbul ISPARTA ısparta', 'istanbul isparta isparta'],
    ['Greek, the final sigma too', 'Οδυσσεύς ΟΔΥΣΣΕΥΣ', 'οδυσσευσ οδυσσευσ'],
    ['Nordic', 'Ærø smørrebrød', 'aero smorrebrod'],
    ['Vietnamese', 'Tiếng Việt Đà Nẵng', 'tieng viet da nang'],
    ['points of Hebrew and Arabic', 'שָׁלוֹם مُحَمَّد', 'שלום محمد'],
    ['full width', 'ＡＢＣ１２３', 'abc123'],
    ['ligatures', 'ﬁle', 'file'],
    ['invisible characters', 'soft\u00ADhy\u200Bphen', 'softhyphen'],
  ])('takes away %s', (_, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('makes one text of all forms of the same Japanese and Korean characters', () => {
    expect(foldText('ｶﾞｽ')).toBe(foldText('ガス'));
    expect(foldText('ガス'.normalize('NFD'))).toBe(foldText('ガス'));
    expect(foldText('ガス')).not.toBe(foldText('カス'));
    expect(foldText('한국'.normalize('NFD'))).toBe(foldText('한국'));
  });

  it('keeps the vowels of scripts that write them as marks', () => {
    expect(foldText('किताब')).toBe('किताब');
    expect(foldText('ที่นี่')).toBe('ที่นี่');
  });
});

describe('terms', () => {
  it.each([
    ['words', 'Hello, big WORLD!', ['hello', 'big', 'world']],
    ['numbers', 'GPT-4 costs 3.50 in 2026', ['gpt', '4', 'costs', '3', '50', 'in', '2026']],
    ['names in code', 'snake_case fooBar gpt4', ['snake', 'case', 'foobar', 'gpt4']],
    ['addresses', 'https://a.example/path?x=1', ['https', 'a', 'example', 'path', 'x', '1']],
    ['Russian', 'Моя ёлка', ['моя', 'елка']],
    ['Chinese, in pairs', '我在北京', ['我在', '在北', '北京', '京']],
    ['Japanese', '東京タワー', ['東京', '京タ', 'タワ', 'ワー', 'ー']],
    ['Chinese beside Latin', '用Python写', ['用', 'python', '写']],
    ['Thai', 'ไทย', ['ไท', 'ทย', 'ย']],
    ['characters beyond 16 bits', '𠮷野', ['𠮷野', '野']],
    ['emoji', 'ok 👍🏽 ❤️', ['ok', '👍', '❤']],
    ['nothing', ' …!? \n', []],
  ])('of %s', (_, text, terms) => {
    expect([...termsOf(text)]).toEqual(terms);
  });

  it('takes Korean words as they stand between spaces', () => {
    expect([...termsOf('한국어 책')]).toEqual(['한국어', '책'].map(foldText));
  });

  it('keeps the start of a word without an end', () => {
    expect([...termsOf('a'.repeat(1000))]).toEqual(['a'.repeat(40)]);
  });

  const texts = [
    'Ёжик и ежи',
    '我在北京使用Python编程',
    'ｶﾞｽ会社',
    '한국어를 배워요',
    'ภาษาไทย',
    '👩‍👩‍👧 ok',
  ];
  it.each(texts)('each piece of «%s» leads back to it', (text) => {
    const indexed = [...termsOf(text)];
    const queries = [text, ...text.split(' '), ...termsOf(text)];
    for (const query of queries) {
      for (const term of queryTerms(query)) {
        expect(indexed.some((other) => other.startsWith(term))).toBe(true);
      }
      expect(hasAllWords(text, query)).toBe(true);
    }
  });
});

describe('marks', () => {
  it.each([
    ['the beginning of a word', 'Hello helmet shell', 'hel', ['Hel', 'hel']],
    ['each word of the query', 'one two three', 'three ONE', ['one', 'three']],
    ['accents that the query leaves out', 'Un café crème', 'cafe creme', ['café', 'crème']],
    ['accents that the text leaves out', 'cafe', 'café', ['cafe']],
    ['accents written apart', 'cafe\u0301s', 'café', ['cafe\u0301']],
    ['ё and е', 'Ёлка, елки', 'елк', ['Ёлк', 'елк']],
    ['a letter that becomes two', 'die Straße', 'stras', ['Straß']],
    ['a dotted capital', 'İzmir', 'izm', ['İzm']],
    ['full width', 'ＡＢＣ', 'ab', ['ＡＢ']],
    ['after a letter of two units', '𝒜bc 𝒜bd', 'abc', ['𝒜bc']],
    ['numbers', 'in 2026, not 1202', '202', ['202']],
    ['parts of names in code', 'snake_case', 'case', ['case']],
    ['parts of addresses', 'https://docs.example/a', 'example', ['example']],
    ['Chinese anywhere', '我在北京，北京很大', '北京', ['北京', '北京']],
    ['one Chinese character', '我在北京', '京', ['京']],
    ['Chinese joined to Latin', '用Python写', 'python写', ['Python写']],
    ['half width kana', 'ｶﾞｽです', 'ガス', ['ｶﾞｽ']],
    ['a Korean word that is still being typed', '한국어', '하', ['한']],
    ['Thai anywhere', 'ฉันเรียนภาษาไทย', 'ภาษา', ['ภาษา']],
    ['emoji', 'fun 🎉🎉', '🎉', ['🎉🎉']],
    ['touching hits as one', '好好好', '好', ['好好好']],
    ['no word that only ends so', 'shell', 'hell', []],
    ['nothing for a blank query', 'text', ' \n', []],
    ['nothing for signs alone', 'C++ (text)', '++ (', []],
  ])('finds %s', (_, text, query, pieces) => {
    expect(marked(text, query)).toEqual(pieces);
  });

  it('lie in the original text', () => {
    expect(findMarks('ẞ ﬁ x', 'x')).toEqual([[4, 5]]);
    expect(findMarks('a e\u0301\u0301 b', 'e b')).toEqual([
      [2, 5],
      [6, 7],
    ]);
  });
});

describe('all words', () => {
  it('must be in the text', () => {
    expect(hasAllWords('red green blue', 'blue gre')).toBe(true);
    expect(hasAllWords('red green blue', 'blue yellow')).toBe(false);
    expect(hasAllWords('red', '')).toBe(false);
  });

  it('means characters side by side in scripts without spaces', () => {
    expect(hasAllWords('北京很大', '北京')).toBe(true);
    expect(hasAllWords('北方的京城', '北京')).toBe(false);
    expect(hasAllWords('中国人 国人民', '中国人民')).toBe(false);
  });
});

describe('an excerpt', () => {
  const far = 'word '.repeat(100);

  it('is the whole of a short text on one line', () => {
    expect(excerptAround('  one\n\n two\tthree ', 'two')).toEqual({
      excerpt: 'one two three',
      marks: [[4, 7]],
    });
  });

  it('shows the first hit with words around it', () => {
    const { excerpt, marks } = excerptAround(`${far}needle ${far}`, 'need');
    expect(excerpt).toMatch(/^…word (?:word )+needle (?:word )+word…$/u);
    expect(excerpt.length).toBeLessThan(130);
    expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['need']);
  });

  it('marks the other hits near it', () => {
    const { excerpt, marks } = excerptAround(`${far}\n\none  and two ${far}two`, 'two one');
    expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['one', 'two']);
  });

  it('is the start of a text without a hit', () => {
    expect(excerptAround(far, 'needle')).toEqual({
      excerpt: expect.stringMatching(/^word (?:word )+word…$/u),
      marks: [],
    });
  });

  it('cuts between characters where there are no spaces', () => {
    const family = '👩‍👩‍👧';
    const text = family.repeat(100) + '北京' + family.repeat(100);
    const { excerpt, marks } = excerptAround(text, '北京');
    expect(excerpt).toMatch(new RegExp(`^…(?:${family})+北京(?:${family})+…$`, 'u'));
    expect(marks.map(([start, end]) => excerpt.slice(start, end))).toEqual(['北京']);
  });

  it('cuts a hit that is longer than itself', () => {
    const { excerpt, marks } = excerptAround('好'.repeat(1000), '好');
    expect(excerpt.length).toBeLessThan(300);
    expect(marks).toEqual([[0, excerpt.length - 1]]);
  });
});

describe('hostile texts', () => {
  it.each([
    ['halves of characters', '\uD800'.repeat(1000)],
    ['marks without end', `e${'\u0301'.repeat(10_000)}`],
    ['a ligature that becomes eighteen characters', '\uFDFA'.repeat(1000)],
    ['joiners alone', '\u200D\uFE0F'.repeat(1000)],
    ['scripts by turns', 'a中'.repeat(10_000)],
  ])('of %s are taken', (_, text) => {
    const marks = findMarks(text, `${text.slice(0, 100)} a 中 e`);
    expect(marks.every(([start, end]) => start < end && end <= text.length)).toBe(true);
    expect(excerptAround(text, 'a').excerpt.length).toBeLessThan(300);
    expect([...termsOf(text)].every((term) => term !== '' && term.length <= 40)).toBe(true);
  });
});

describe('finding anywhere', () => {
  it.each([
    ['within a word', 'concatenate', 'cat', ['cat']],
    ['whatever the case and the accents', 'Ein Café, CAFE\u0301', 'cafe', ['Café', 'CAFE\u0301']],
    ['signs and spaces as they stand', 'if (a && b) {', '(a &&', ['(a &&']],
    ['in Russian, ё as е', 'Ёлка и ёлки', 'елк', ['Ёлк', 'ёлк']],
    ['in Japanese', '東京都の東京', '東京', ['東京', '東京']],
    ['in each line', 'one two\ntwo', 'two', ['two', 'two']],
    ['in a letter that stands for two', 'Straße', 'ss', ['ß']],
    ['without overlaps', 'aaaa', 'aa', ['aa', 'aa']],
    ['nothing for nothing', 'text', '', []],
  ])('finds %s', (_, text, query, found) => {
    expect(findAnywhere(text, query).map(([start, end]) => text.slice(start, end))).toEqual(found);
  });
});

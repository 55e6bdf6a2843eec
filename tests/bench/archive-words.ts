/** Texts of made-up words, always the same: some words are in nearly every message, most in few. */

/** How many words there are. */
const WORDS = 20_000;
const SYLLABLES =
  'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bel dor fin gar'.split(' ');
const RUSSIAN_SYLLABLES = 'ба ве ги до жу за ки ло мы на по ра се то ук фи хо че ша яс'.split(' ');
const CHINESE_FIRST = 0x4e00;
const CHINESE_CHARACTERS = 3000;

export type Script = 'latin' | 'russian' | 'chinese';

/** Numbers from 0 up to 1 that seem random, the same ones for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The word at this place in the order of how common words are, from 1. */
export function wordAt(rank: number, script: Script = 'latin'): string {
  if (script === 'chinese') {
    const [one, other] = [
      (rank * 7919) % CHINESE_CHARACTERS,
      (rank * 104_729) % CHINESE_CHARACTERS,
    ];
    return String.fromCharCode(CHINESE_FIRST + one, CHINESE_FIRST + other);
  }
  const syllables = script === 'russian' ? RUSSIAN_SYLLABLES : SYLLABLES;
  let word = '';
  for (let rest = rank; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length] ?? '';
  }
  return word;
}

/** A sentence of so many words; the share of a word falls with its rank, as in real texts (Zipf). */
export function sentence(random: () => number, length: number, script: Script): string {
  const words = Array.from({ length }, () =>
    wordAt(Math.floor(Math.exp(random() * Math.log(WORDS))), script),
  );
  return script === 'chinese' ? `${words.join('')}。` : `${words.join(' ')}.`;
}

/** A reply in Markdown: paragraphs, and now and then a list or some code. */
export function replyText(random: () => number, script: Script): string {
  const blocks = Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
    const kind = random();
    const line = () => sentence(random, 4 + Math.floor(random() * 10), script);
    if (kind < 0.1) return `\`\`\`\n${line()}\n${line()}\n\`\`\``;
    if (kind < 0.25) return `- **${line()}** ${line()}\n- ${line()}\n- ${line()}`;
    return [line(), line(), line(), line()].join(' ');
  });
  return blocks.join('\n\n');
}

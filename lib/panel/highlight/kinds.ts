/**
 * The kinds of words in code. A kind is a colour: `--code-KIND` of components/theme.css, drawn for
 * light and dark, so that a change between them needs no work.
 */
export const kinds = [
  'plain',
  'comment',
  'keyword',
  'string',
  'number',
  'function',
  'type',
  'property',
  'added',
  'removed',
] as const;

export type Kind = (typeof kinds)[number];

/**
 * The colours of one line: where a run begins, in UTF-16 units, and its kind as an index of `kinds`,
 * again and again. A run ends where the next begins; what stands before the first is plain.
 */
export type LineColours = readonly number[];

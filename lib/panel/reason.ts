/** Why a service refused, in its own words. */

/** Characters of it that are shown; all of it is in the details. */
const LONGEST = 160;

/** Where services put it: OpenAI, Anthropic and Google `message`, FastAPI `detail` and `msg`, Ollama `error`. */
const FIELD = /"(?:message|msg|detail|error)"\s*:\s*"((?:[^"\\]|\\.)*)/u;

/**
 * One short line of what a server answered, to be shown as its words; undefined where it gives no
 * reason: a web page, or a JSON without one. The answer may be cut off anywhere.
 */
export function reasonIn(detail: string): string | undefined {
  const [, quoted] = FIELD.exec(detail) ?? [];
  const isPlain = !/^\s*[<{[]/u.test(detail);
  const said = quoted === undefined ? (isPlain ? detail : '') : unescaped(quoted);
  // Nothing of it may break the line or turn the direction of what stands around it.
  const line = Array.from(said.replaceAll(/[\s\p{C}]+/gu, ' ').trim());
  if (!line.some((character) => /\p{L}/u.test(character))) return undefined;
  const text = line.length > LONGEST ? `${line.slice(0, LONGEST).join('').trim()}…` : line.join('');
  return `\u2068${text}\u2069`;
}

/** What a JSON string holds; a code that was cut in two is left out. */
function unescaped(quoted: string): string {
  return quoted
    .replace(/\\(?:u\w{0,3})?$/u, '')
    .replaceAll(/\\(?:u([\da-f]{4})|(.))/giu, (_, code?: string, character = '') =>
      code === undefined
        ? /[nrtbf]/u.test(character)
          ? ' '
          : character
        : String.fromCharCode(parseInt(code, 16)),
    );
}

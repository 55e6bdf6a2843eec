/** Why a service refused, in its own words. */

/** Characters of it that are shown; all of it is in the details. */
const LONGEST = 160;

/**
 * Where services put it, the best first: OpenAI, Anthropic and Google `message`, FastAPI `msg` and
 * `detail`, Ollama `error`.
 */
const FIELDS = [
  ['message', 'msg'],
  ['detail', 'error'],
];
/** In this field FastAPI repeats what was sent. */
const SENT = 'input';
/** What of a JSON is looked at: strings, those with a colon being names, and where values begin and end. */
const TOKENS = /"((?:[^"\\]|\\.)*)"?(\s*:)?|[{}[\]]/gsu;

/**
 * One short line of what a server answered, to be shown as its words; undefined where it gives no
 * reason: a web page, or a JSON without one. The answer may be cut off anywhere.
 */
export function reasonIn(detail: string): string | undefined {
  const isPlain = !/^\s*[<{[]/u.test(detail);
  const said = reasonField(detail) ?? (isPlain ? detail : '');
  if (!isWords(said)) return undefined;
  // Nothing of it may break the line or turn the direction of what stands around it.
  const line = Array.from(said.replaceAll(/[\s\p{C}]+/gu, ' ').trim());
  const text = line.length > LONGEST ? `${line.slice(0, LONGEST).join('').trim()}…` : line.join('');
  return `\u2068${text}\u2069`;
}

function isWords(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** The text of the best field that says something. */
function reasonField(detail: string): string | undefined {
  const fields = textFields(detail);
  for (const names of FIELDS) {
    const found = fields.find(([name, text]) => names.includes(name) && isWords(text));
    if (found) return found[1];
  }
  return undefined;
}

/** The fields of a JSON that hold a text, but those of what was sent. */
function textFields(json: string): [name: string, text: string][] {
  const fields: [string, string][] = [];
  let name = '';
  let depth = 0;
  let sentDepth = Infinity;
  for (const [token, text, colon] of json.matchAll(TOKENS)) {
    if (text === undefined) {
      depth += /[{[]/u.test(token) ? 1 : -1;
      if (depth < sentDepth) sentDepth = Infinity;
      name = '';
    } else if (colon === undefined) {
      if (name && sentDepth === Infinity) fields.push([name, unescaped(text)]);
      name = '';
    } else {
      name = text;
      if (depth <= sentDepth) sentDepth = name === SENT ? depth : Infinity;
    }
  }
  return fields;
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

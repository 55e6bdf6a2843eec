/** Messages that try to run, load or take over something: those of the fixtures, and variants made from a few. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'fixtures/hostile');

/** Each says in its head where its messages are from. */
const OWN = { html: 'html.txt', Markdown: 'markdown.txt', 'diagrams and formulas': 'lazy.txt' };
const PUBLISHED = 'naughty-strings.txt';

/** A message a line; `§` begins a remark, `⏎` is a line break, `‹U+202E›` a character by its number. */
function readMessages(file: string): string[] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('§'))
    .map((line) => line.replaceAll('⏎', '\n').replaceAll(/‹U\+([\dA-F]+)›/gu, fromNumber));
}

function fromNumber(_: string, digits: string): string {
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

const ADDRESSES = [
  'javascript:alert(1)',
  'data:text/html,<svg/onload=alert(1)>',
  'vbscript:alert(1)',
  'file:///etc/passwd',
  'blob:https://blob.evil.example/1',
  'chrome://settings/reset',
];

/** Ways to write an address so that a filter may not know it again. */
const DISGUISES: ((address: string) => string)[] = [
  (address) =>
    address.replaceAll(/[a-z]/gu, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter)),
  (address) => everyCharacter(address, (code) => `&#${code};`),
  (address) => everyCharacter(address, (code) => `&#x${code.toString(16).padStart(7, '0')};`),
  (address) => address.replace(':', '&colon;').replace('(', '&lpar;'),
  (address) => everyCharacter(address, (code) => `%${code.toString(16).padStart(2, '0')}`),
  (address) => Array.from(address).join('&Tab;'),
  (address) => address.replace(/^.../u, '$&&NewLine;&#13;'),
  (address) => `\u0001\u001F ${address}`,
  (address) => Array.from(address).join('\u200B'),
  (address) => address.replaceAll(/[a-z]/gu, (letter) => fullWidth(letter)),
];

function everyCharacter(text: string, write: (code: number) => string): string {
  return Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');
}

function fullWidth(letter: string): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfe_e0);
}

/** Where Markdown takes an address. */
const TAKERS: ((address: string) => string)[] = [
  (address) => `[a](${address})`,
  (address) => `![a](${address})`,
  (address) => `[a]\n\n[a]: ${address}`,
  (address) => `[a](<${address}>)`,
  (address) => `<${address}>`,
];

/** Each address in each disguise, at one place after the other. */
function disguised(): string[] {
  return ADDRESSES.flatMap((address, row) =>
    DISGUISES.map((disguise, column) => {
      const take = TAKERS[(row + column) % TAKERS.length];
      return take ? take(disguise(address)) : '';
    }),
  );
}

const CORES = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[x](javascript:alert(1))',
  '![x](https://nested.evil.example/a)',
];

/** Places within a message, also several within each other. */
const PLACES: ((core: string) => string)[] = [
  (core) => `*${core}*`,
  (core) => `**_~~${core}~~_**`,
  (core) => `# ${core}`,
  (core) => `${core}\n---`,
  (core) => `> - 1. ${core}`,
  (core) => `- [ ] ${core}\n- [x] ${core}`,
  (core) => `| ${core} | b |\n|:-:|---|\n| ${core} | \\| |`,
  (core) => `[${core}](https://example.org "${core}")`,
  (core) => `![${core}](https://alt.evil.example/a '${core}')`,
  (core) => `a[^n]\n\n[^n]: ${core}\n\n    ${core}`,
  (core) => `[a][${core}]\n\n[${core}]: https://example.org '${core}'`,
  (core) => `<details><summary>${core}</summary>\n\n${core}\n\n</details>`,
  (core) => `<think>${core}</think>\n\n${core}`,
  (core) => `\`\`\`${core}\n${core}\n\`\`\``,
  (core) => `$${core}$ $$\\text{${core}}$$`,
  (core) => `<!-- ${core} -->${core}<!-- `,
  (core) => `\\${core} &lt;b&gt;${core}`,
  (core) => `${'> '.repeat(15)}${core}\n\n${'  - '.repeat(10)}${core}`,
  (core) => `${'['.repeat(15)}${core}${'](x)'.repeat(15)}`,
  (core) => `e${'\u0301\u0489'.repeat(30)}${core}`,
];

function nested(): string[] {
  return CORES.flatMap((core) => PLACES.map((place) => place(core)));
}

/** What the own messages try to misuse. */
export type HostileKind = keyof typeof OWN;

/** Those written for Aside: one for each thing that such text could do. */
export function ownHostileMessages(kind: HostileKind): string[] {
  return shortestFirst(readMessages(OWN[kind]));
}

/** All of them: those, the published ones, and the variants. */
export function allHostileMessages(): string[] {
  const files = [...Object.values(OWN), PUBLISHED].flatMap(readMessages);
  return shortestFirst([...files, ...disguised(), ...nested()]);
}

function shortestFirst(messages: string[]): string[] {
  return [...new Set(messages)].toSorted((one, other) => one.length - other.length);
}

import { describe, expect, it, vi } from 'vitest';
import { grammars } from '@/lib/panel/highlight/grammars';
import { kinds, type LineColours } from '@/lib/panel/highlight/kinds';
import type { GrammarId } from '@/lib/panel/highlight/languages';
import { createTokeniser } from '@/lib/panel/highlight/tokeniser';

// The first line of a grammar makes its patterns, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** The words of a line by their kinds, but for the plain ones. */
function wordsOf(line: string, colours: LineColours): [string, string][] {
  const words: [string, string][] = [];
  for (let at = 0; at < colours.length; at += 2) {
    const kind = kinds[colours[at + 1] ?? 0] ?? '';
    const text = line.slice(colours[at], colours[at + 2]).trim();
    if (kind !== 'plain') words.push([text, kind]);
  }
  return words;
}

async function read(grammar: GrammarId, code: string): Promise<LineColours[]> {
  const tokeniser = await createTokeniser(grammar);
  return code.split('\n').map((line) => tokeniser.next(line));
}

describe('words are told apart', () => {
  it.each<[GrammarId, string, string, string]>([
    ['typescript', "const a: Foo = 'b'; // c", 'const', 'keyword'],
    ['typescript', "const a: Foo = 'b'; // c", 'Foo', 'type'],
    ['typescript', "const a: Foo = 'b'; // c", "'b'", 'string'],
    ['typescript', "const a: Foo = 'b'; // c", '// c', 'comment'],
    ['javascript', 'run(42);', 'run', 'function'],
    ['javascript', 'run(42);', '42', 'number'],
    ['python', 'def norm(self) -> float:', 'norm', 'function'],
    ['python', 'def norm(self) -> float:', 'float', 'type'],
    ['json', '{ "a": true }', '"a"', 'property'],
    ['html', '<a class="b">', 'class', 'property'],
    ['css', 'a { color: red; }', 'color', 'property'],
    ['cpp', 'int main() { return 0; }', 'main', 'function'],
    ['java', 'public final String a = null;', 'String', 'type'],
    ['shellscript', 'echo "a" # b', '# b', 'comment'],
    ['sql', 'SELECT a FROM b', 'SELECT', 'keyword'],
    ['yaml', 'a: 1', 'a', 'property'],
    ['diff', '+const a = 1;', '+const a = 1;', 'added'],
    ['diff', '-const a = 1;', '-const a = 1;', 'removed'],
    ['ruby', 'def foo', 'def', 'keyword'],
    ['php', '<?php function f() {}', 'function', 'keyword'],
    ['go', 'func f(a int) {}', 'int', 'type'],
    ['rust', 'fn main() {}', 'fn', 'keyword'],
    ['svelte', '<script>let a;</script>', 'let', 'keyword'],
  ])('%s: %j has %j as %s', async (grammar, line, word, kind) => {
    const [colours = []] = await read(grammar, line);
    expect(wordsOf(line, colours)).toContainEqual([word, kind]);
  });
});

/** Wherever a line begins within a comment, a string or another language. */
const code: [GrammarId, string][] = [
  ['typescript', 'const a = `x ${\n  b\n} y`;\n/* one\n\n two */ class B {}\nreturn a;'],
  ['python', 'def f():\n    """a\n\n    b"""\n    return 1\n'],
  ['html', '<style>\n  a { color: red }\n</style>\n<script>\n  let a = 1;\n</script>\n<p>b</p>'],
  ['cpp', '#define A(x) \\\n  (x + 1)\n/* a\n b */ int main() {\n}'],
  ['markdown', '# a\n\n```\nb\n```\n\n- c\n> d'],
  ['yaml', 'a: |\n  b\n  c\nd: 1'],
  ['php', '<?php\n$a = <<<X\nb $c\nX;\necho 1;'],
  [
    'vue',
    '<template>\n  <p :a="b">{{ c }}</p>\n</template>\n<script lang="ts">\nlet a: number;\n</script>',
  ],
];

it.each(code)('%s is the same with looks ahead as without', async (grammar, text) => {
  const expected = await read(grammar, text);
  const tokeniser = await createTokeniser(grammar);
  const looked = text.split('\n').map((line) => {
    for (let end = 0; end <= line.length; end += 3) tokeniser.peek(line.slice(0, end));
    expect(tokeniser.peek(line)).toEqual(tokeniser.peek(line));
    return tokeniser.next(line);
  });
  expect(looked).toEqual(expected);
  expect(expected.flat().length).toBeGreaterThan(0);
});

it.each(Object.keys(grammars))('the grammar %s can be loaded and reads', async (id) => {
  const grammar = Object.keys(grammars).find((one): one is GrammarId => one === id);
  if (!grammar) throw new Error('There is no such grammar');
  const [colours] = await read(grammar, '"a" /* b */ # c');
  expect(colours).toBeDefined();
});

it('a very long line is plain, and what follows on it is not', async () => {
  const [long, next] = await read('javascript', `${'const a = 1; '.repeat(500)}\nconst b = 2;`);
  expect(long).toEqual([]);
  expect(next?.length).toBeGreaterThan(0);
});

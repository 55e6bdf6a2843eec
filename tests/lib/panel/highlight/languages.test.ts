import { describe, expect, it } from 'vitest';
import { codeFileName, givenFileName } from '@/lib/panel/highlight/code-file';
import { languageOf } from '@/lib/panel/highlight/languages';

describe('a language', () => {
  it.each([
    ['js', 'JavaScript'],
    ['JavaScript', 'JavaScript'],
    ['jsx', 'JSX'],
    ['ts', 'TypeScript'],
    ['tsx', 'TSX'],
    ['py', 'Python'],
    ['bash', 'Shell'],
    ['c++', 'C++'],
    ['C#', 'C#'],
    ['yml', 'YAML'],
    ['dockerfile', 'Dockerfile'],
    ['golang', 'Go'],
    ['postgresql', 'SQL'],
    ['patch', 'Diff'],
    ['{.python', 'Python'],
    ['{.rust}', 'Rust'],
    ['language-css', 'CSS'],
    ['lang-rb', 'Ruby'],
    ['ts:src/a.ts', 'TypeScript'],
    ['js,ignore', 'JavaScript'],
    ['kotlin{1,3}', 'Kotlin'],
  ])('is known by the word %j as %s', (info, name) => {
    expect(languageOf(info)?.name).toBe(name);
  });

  it.each(['', 'text', 'brainfuck', 'constructor', '__proto__', ' ', '{', ':'])(
    'is none of ours: %j',
    (info) => {
      expect(languageOf(info)).toBeUndefined();
    },
  );

  it('of JSX is coloured as JavaScript', () => {
    expect(languageOf('jsx')?.grammar).toBe('javascript');
  });
});

describe('a block of code is saved as', () => {
  it.each([
    ['ts', 'title="a.ts"', 'a.ts'],
    ['ts', "title='a b.ts'", 'a b.ts'],
    ['js', '{1,3} filename=src/deep/main.js', 'main.js'],
    ['js', 'file=C:\\code\\x.js', 'x.js'],
    ['js', 'showLineNumbers title=x.js', 'x.js'],
    ['ts:lib/log.ts', '', 'log.ts'],
    ['sh', 'title=".env"', '.env'],
    ['ts', '', 'code.ts'],
    ['python', '', 'code.py'],
    ['dockerfile', '', 'Dockerfile'],
    ['cmake', '', 'CMakeLists.txt'],
    ['brainfuck', '', 'code.txt'],
    ['', '', 'code.txt'],
  ])('%j %j → %s', (info, meta, name) => {
    expect(codeFileName(info, meta)).toBe(name);
  });

  it.each([
    ['a folder alone', 'title="src/"'],
    ['the folder above', 'title="../.."'],
    ['a device', 'title="con.ts"'],
    ['nothing', 'title=""'],
    ['more than a name', `title="${'x'.repeat(500)}.ts"`],
    ['a name within another word', 'subtitle="a.ts"'],
  ])('its default when the name is %s', (_, meta) => {
    expect(codeFileName('ts', meta)).toBe('code.ts');
  });

  it('a name that looks like what it is', () => {
    expect(givenFileName('', 'title="a\u202Etxt.exe"')).toBe('atxt.exe');
    expect(givenFileName('', 'title="a<b>:c|d?*.ts"')).toBe('abcd.ts');
  });
});

/** The languages of code blocks: what people and models call them, and what their files are called. */

/** `grammar` names what colours the language, where it is not its own; `file` is the usual name of one. */
const rows = [
  { id: 'javascript', name: 'JavaScript', aliases: ['js', 'mjs', 'cjs', 'node'], file: 'code.js' },
  { id: 'jsx', name: 'JSX', aliases: [], file: 'code.jsx', grammar: 'javascript' },
  { id: 'typescript', name: 'TypeScript', aliases: ['ts', 'mts', 'cts'], file: 'code.ts' },
  { id: 'tsx', name: 'TSX', aliases: [], file: 'code.tsx' },
  { id: 'json', name: 'JSON', aliases: ['jsonc', 'json5', 'jsonl'], file: 'code.json' },
  { id: 'html', name: 'HTML', aliases: ['htm', 'xhtml'], file: 'code.html' },
  { id: 'css', name: 'CSS', aliases: [], file: 'code.css' },
  { id: 'scss', name: 'SCSS', aliases: [], file: 'code.scss' },
  { id: 'python', name: 'Python', aliases: ['py', 'python3', 'py3', 'pyi'], file: 'code.py' },
  { id: 'java', name: 'Java', aliases: [], file: 'code.java' },
  { id: 'kotlin', name: 'Kotlin', aliases: ['kt', 'kts'], file: 'code.kt' },
  { id: 'swift', name: 'Swift', aliases: [], file: 'code.swift' },
  { id: 'c', name: 'C', aliases: ['h'], file: 'code.c' },
  { id: 'cpp', name: 'C++', aliases: ['c++', 'cc', 'cxx', 'hpp', 'hxx'], file: 'code.cpp' },
  { id: 'csharp', name: 'C#', aliases: ['c#', 'cs'], file: 'code.cs' },
  { id: 'go', name: 'Go', aliases: ['golang'], file: 'code.go' },
  { id: 'rust', name: 'Rust', aliases: ['rs'], file: 'code.rs' },
  { id: 'ruby', name: 'Ruby', aliases: ['rb'], file: 'code.rb' },
  { id: 'php', name: 'PHP', aliases: ['php3', 'php8'], file: 'code.php' },
  {
    id: 'shellscript',
    name: 'Shell',
    aliases: ['sh', 'bash', 'shell', 'zsh', 'console', 'terminal', 'shellsession'],
    file: 'code.sh',
  },
  { id: 'powershell', name: 'PowerShell', aliases: ['ps1', 'ps', 'pwsh'], file: 'code.ps1' },
  { id: 'bat', name: 'Batch', aliases: ['batch', 'cmd'], file: 'code.bat' },
  {
    id: 'sql',
    name: 'SQL',
    aliases: ['mysql', 'postgres', 'postgresql', 'sqlite', 'plsql', 'tsql'],
    file: 'code.sql',
  },
  { id: 'yaml', name: 'YAML', aliases: ['yml'], file: 'code.yaml' },
  { id: 'toml', name: 'TOML', aliases: [], file: 'code.toml' },
  { id: 'ini', name: 'INI', aliases: ['cfg', 'conf', 'properties'], file: 'code.ini' },
  { id: 'xml', name: 'XML', aliases: ['svg', 'xsd', 'xsl', 'plist'], file: 'code.xml' },
  { id: 'markdown', name: 'Markdown', aliases: ['md'], file: 'code.md' },
  { id: 'diff', name: 'Diff', aliases: ['patch', 'udiff'], file: 'code.diff' },
  { id: 'docker', name: 'Dockerfile', aliases: ['dockerfile'], file: 'Dockerfile' },
  { id: 'lua', name: 'Lua', aliases: [], file: 'code.lua' },
  { id: 'r', name: 'R', aliases: ['rlang'], file: 'code.r' },
  { id: 'scala', name: 'Scala', aliases: ['sc'], file: 'code.scala' },
  { id: 'dart', name: 'Dart', aliases: [], file: 'code.dart' },
  { id: 'haskell', name: 'Haskell', aliases: ['hs'], file: 'code.hs' },
  { id: 'elixir', name: 'Elixir', aliases: ['ex', 'exs'], file: 'code.ex' },
  { id: 'graphql', name: 'GraphQL', aliases: ['gql'], file: 'code.graphql' },
  { id: 'make', name: 'Makefile', aliases: ['makefile', 'mk'], file: 'Makefile' },
  { id: 'cmake', name: 'CMake', aliases: [], file: 'CMakeLists.txt' },
  { id: 'nginx', name: 'nginx', aliases: [], file: 'nginx.conf' },
  { id: 'vue', name: 'Vue', aliases: [], file: 'code.vue' },
  { id: 'svelte', name: 'Svelte', aliases: [], file: 'code.svelte' },
] as const;

type Row = (typeof rows)[number];

/** What colours code, by the name of its module in `@shikijs/langs`. */
export type GrammarId = Exclude<Row['id'], 'jsx'>;

export interface Language {
  /** As people write it: `TypeScript`. */
  name: string;
  /** What a file of it is called by default. */
  file: string;
  grammar: GrammarId;
}

const languages = new Map<string, Language>();
for (const row of rows) {
  const grammar = row.id === 'jsx' ? row.grammar : row.id;
  const language: Language = { name: row.name, file: row.file, grammar };
  for (const word of [row.id, ...row.aliases]) languages.set(word, language);
}

/** The word for the language in an info string: `ts` of `TS:src/a.ts`, `python` of `{.python}`. */
function wordOf(info: string): string {
  return info
    .toLowerCase()
    .replace(/^[{.\s]+|^lang(?:uage)?-/u, '')
    .replace(/[\s:,;{}].*$/su, '');
}

/** The language that the first word of an info string means; undefined when it is none of ours. */
export function languageOf(info: string): Language | undefined {
  return languages.get(wordOf(info));
}

/**
 * Languages inside of languages, as far as a few lines in a chat have use for them. The packages
 * name many more: Ruby alone would bring twelve, C++ half a megabyte for what its macros hold.
 */
export const embeddedGrammars: Readonly<Record<string, readonly string[]>> = {
  html: ['javascript', 'css'],
  scss: ['css'],
  php: ['sql'],
  svelte: ['javascript', 'typescript', 'css'],
  vue: [
    'css',
    'javascript',
    'typescript',
    'html',
    'html-derivative',
    'vue-directives',
    'vue-interpolations',
    'vue-sfc-style-variable-injection',
  ],
  'html-derivative': ['html'],
  'vue-sfc-style-variable-injection': ['javascript'],
};

const IMPORT = /^import (\w+) from '\.\/([\w-]+)\.mjs'\n/gmu;

/** The module of a grammar without the imports of those that it does not need. */
export function withoutUnused(name: string, code: string): string {
  const kept = embeddedGrammars[name] ?? [];
  const unused: string[] = [];
  const rest = code.replace(IMPORT, (line: string, variable: string, file: string) => {
    if (kept.includes(file)) return line;
    unused.push(variable);
    return '';
  });
  return unused.reduce((text, variable) => text.replace(`...${variable},\n`, ''), rest);
}

/** The project's source, parsed: which file imports what, and what stands in it. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync, type ESTree } from 'vite';

export interface Import {
  /** A file of ours by its path from the root, or a package as it is written. */
  target: string;
  /** Whether nothing of it is left in the bundle. */
  isType: boolean;
  isDynamic: boolean;
}

export interface SourceFile {
  path: string;
  text: string;
  nodes: ESTree.Node[];
  imports: Import[];
}

const root = join(import.meta.dirname, '..');
const ours = globSync('{lib,components,entrypoints,public/_locales}/**/*.{ts,tsx,css,json}', {
  cwd: root,
});

export const sourceFiles: SourceFile[] = ours
  .filter((path) => /\.tsx?$/u.test(path))
  .toSorted()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const nodes = nodesIn(parseSync(path, text).program);
    return { path, text, nodes, imports: nodes.flatMap((node) => importIn(node, path)) };
  });

export function filesIn(...places: string[]): SourceFile[] {
  return sourceFiles.filter(({ path }) => places.some((place) => path.startsWith(place)));
}

/** The files that the ones given bring with them into a bundle, they themselves included. */
export function bundleOf(...entries: string[]): SourceFile[] {
  const bundle = new Set<SourceFile>();
  const add = (path: string) => {
    const file = sourceFiles.find((one) => one.path === path);
    if (!file || bundle.has(file)) return;
    bundle.add(file);
    for (const { target, isType } of file.imports) if (!isType) add(target);
  };
  entries.forEach(add);
  return [...bundle];
}

/** All text files of the project that a person writes, with their number of lines. */
export function lineCounts(): { path: string; lines: number }[] {
  return globSync('{lib,components,entrypoints,tests,scripts}/**/*.{ts,tsx,mjs,css,html}', {
    cwd: root,
  }).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, lines: text.trimEnd().split('\n').length };
  });
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function nodesIn(value: unknown): ESTree.Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesIn)];
}

function importIn(node: ESTree.Node, from: string): Import[] {
  switch (node.type) {
    case 'ImportDeclaration': {
      const { specifiers, importKind } = node;
      const isType =
        importKind === 'type' ||
        (specifiers.length > 0 &&
          specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type'));
      return [{ target: resolve(node.source.value, from), isType, isDynamic: false }];
    }
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration': {
      if (!node.source) return [];
      const isType = node.exportKind === 'type';
      return [{ target: resolve(node.source.value, from), isType, isDynamic: false }];
    }
    case 'ImportExpression': {
      const { source } = node;
      const target =
        source.type === 'Literal' && typeof source.value === 'string'
          ? resolve(source.value, from)
          : '?';
      return [{ target, isType: false, isDynamic: true }];
    }
    default:
      return [];
  }
}

function resolve(written: string, from: string): string {
  if (!/^(?:\.{1,2}|@)\//u.test(written)) return written;
  const path = normalize(
    written.startsWith('@/') ? written.slice(2) : join(dirname(from), written),
  );
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`];
  const found = candidates.find((candidate) => ours.includes(candidate));
  if (!found) throw new Error(`${from} imports ${written}, which is no file`);
  return found;
}

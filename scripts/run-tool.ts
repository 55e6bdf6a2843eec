/** Runs the project's own tools with the project's own Node, wherever they are asked for. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '..');

/**
 * The script of an installed package's command. Called by its path with `process.execPath`: the
 * links in `node_modules/.bin` would take the Node of the machine, which may be too old.
 */
function scriptOf(name: string): string {
  const packageName = name === 'tsc' ? 'typescript' : name;
  const folder = join(ROOT, 'node_modules', packageName);
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const script = typeof bin === 'string' ? bin : bin[name];
  if (script === undefined) throw new Error(`${packageName} has no command "${name}"`);
  return join(folder, script);
}

/** How a command ended, and what it said when that was not passed on. */
export interface ToolResult {
  isDone: boolean;
  output: string;
}

/** Runs a command such as `wxt` in the project's folder; `quiet` keeps its output back. */
export function runTool(
  name: string,
  args: readonly string[],
  { quiet = false } = {},
): Promise<ToolResult> {
  return new Promise((settle, reject) => {
    const out = quiet ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, [scriptOf(name), ...args], {
      cwd: ROOT,
      stdio: ['ignore', out, out],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => settle({ isDone: code === 0, output }));
  });
}

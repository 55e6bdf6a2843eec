import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const LINUX_PLACES = ['/opt/google/chrome/chrome', '/snap/bin/chromium'];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const WINDOWS_PLACES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (error) {
    // Missing or not ours to run: either way not a browser that could be started.
    if (error instanceof Error) return false;
    throw error;
  }
}

function fromPath(names: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    return [
      ...['/Applications', join(process.env['HOME'] ?? '/', 'Applications')].flatMap((folder) =>
        MAC_APPS.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
      ),
      ...fromPath(['chromium', 'google-chrome']),
    ];
  }
  if (process.platform === 'win32') {
    return [
      ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
        const folder = process.env[name];
        return folder ? WINDOWS_PLACES.map((place) => join(folder, ...place)) : [];
      }),
      ...fromPath(['chrome.exe', 'chromium.exe', 'msedge.exe']),
    ];
  }
  return [...fromPath(LINUX_NAMES), ...LINUX_PLACES];
}

/** The program of an installed Chrome, Chromium or Edge; `CHROME_PATH` comes first. */
export function findBrowser(): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  return [...(chosen ? [chosen] : []), ...candidates()].find(isProgram);
}

function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && isDebianLike();
}

function isDebianLike(): boolean {
  if (!existsSync('/etc/os-release') || fromPath(['apt-get']).every((path) => !isProgram(path))) {
    return false;
  }
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/mu.test(readFileSync('/etc/os-release', 'utf8'));
}

function run(args: readonly string[], log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', log);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`apt-get ${args[0] ?? ''} ended with code ${code ?? 'none'}`));
    });
  });
}

const ADVICE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Install Google Chrome from https://www.google.com/chrome/',
  win32: 'Install Google Chrome from https://www.google.com/chrome/ or use Microsoft Edge',
  linux: 'Install it with "sudo apt-get install chromium" or from your distribution',
};

function missing(cause?: unknown): Error {
  const advice = ADVICE[process.platform] ?? 'Install Google Chrome or Chromium';
  return new Error(
    `No Chrome, Chromium or Edge was found. ${advice}, ` +
      'or set CHROME_PATH to the program of a browser that you have.',
    { cause },
  );
}

/** As `findBrowser`; as root on Debian or Ubuntu it installs Chromium when there is none. */
export async function ensureBrowser(log: (line: string) => void): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  if (!canInstall()) throw missing();
  log('No Chrome, Chromium or Edge found: installing Chromium with apt-get.');
  try {
    await run(['update'], log);
    await run(['install', '-y', '--no-install-recommends', 'chromium'], log);
  } catch (error) {
    throw missing(error);
  }
  const installed = findBrowser();
  if (!installed) throw missing();
  return installed;
}

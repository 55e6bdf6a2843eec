/** Starts Chromium with an unpacked extension and the two services' hosts played locally. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, type Browser, type Extension } from 'puppeteer-core';
import { findBrowser } from '../../scripts/find-browser.ts';
import { IMAGE_HOST, SITE_HOST, type AiChatsStandIn } from '../stand-ins/ai-chats.ts';

/** The folder of the build under test: the one in `ASIDE_BUILD`, else `.output/chrome-mv3`. */
export function builtExtension(): string {
  return process.env['ASIDE_BUILD'] ?? join(import.meta.dirname, '../../.output/chrome-mv3');
}

/** How a test wants its browser. */
export interface LaunchOptions {
  /** What ai-chats.org and its image host are; every other name is unknown to this browser. */
  service: Pick<AiChatsStandIn, 'port' | 'requests'>;
  /** The extension's folder; `builtExtension()` unless told. */
  dir?: string;
  /** Folders of other extensions that are loaded beside it. */
  otherExtensions?: string[];
  /** More hosts that this browser knows, with their ports on 127.0.0.1. */
  hosts?: Record<string, number>;
  /** More flags for Chromium. */
  args?: string[];
  /** The messages of the extension and `navigator.language`; English unless told. */
  lang?: 'en' | 'ru';
  colorScheme?: 'light' | 'dark';
  /** A profile to keep; a fresh one unless told. */
  userDataDir?: string;
  headless?: boolean;
}

/** How long an ending browser may take; about 0.2 s is usual. */
const END_MS = 10_000;

function flags(options: LaunchOptions, logs: string): string[] {
  const { service, lang = 'en', colorScheme = 'light', args = [] } = options;
  const own = [SITE_HOST, `*.${SITE_HOST}`, IMAGE_HOST].map((host) => [host, service.port]);
  const rules = [...own, ...Object.entries(options.hosts ?? {})].map(
    ([host, port]) => `MAP ${host} 127.0.0.1:${port}`,
  );
  return [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--window-size=1280,900',
    `--host-resolver-rules=${rules.join(', ')}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    '--ignore-certificate-errors',
    `--lang=${lang}`,
    `--accept-lang=${lang}`,
    `--blink-settings=preferredColorScheme=${colorScheme === 'dark' ? 0 : 1}`,
    '--enable-logging',
    `--log-file=${join(logs, 'console.log')}`,
    `--log-net-log=${join(logs, 'net.json')}`,
    ...args,
  ];
}

async function findExtension(browser: Browser, dir: string): Promise<Extension> {
  for (let i = 0; i < 200; i += 1) {
    for (const extension of (await browser.extensions()).values()) {
      if (resolve(extension.path) === dir) return extension;
    }
    // The list is filled a moment after the launch, and nothing tells when.
    await sleep(25);
  }
  throw new Error(`Chromium did not load the extension in ${dir}`);
}

/** Starts Chromium; `logs` is a folder for its console and network logs. */
export async function startChromium(
  options: LaunchOptions,
  logs: string,
): Promise<{ browser: Browser; extension: Extension }> {
  const dir = resolve(options.dir ?? builtExtension());
  if (!existsSync(join(dir, 'manifest.json'))) {
    throw new Error(`There is no built extension in ${dir}: run "npm run build" first`);
  }
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium: install one or set CHROME_PATH');
  const { lang = 'en', headless = true } = options;
  const browser = await launch({
    executablePath,
    headless,
    pipe: true,
    enableExtensions: [dir, ...(options.otherExtensions ?? [])],
    // The panel and the popup are to have the sizes that the browser gives them.
    defaultViewport: null,
    userDataDir: options.userDataDir ?? join(logs, 'profile'),
    // On Linux it is the environment that chooses the extension's messages, not the flag.
    env: { ...process.env, LANGUAGE: lang },
    args: flags(options, logs),
  });
  try {
    for (const other of options.otherExtensions ?? []) await findExtension(browser, other);
    return { browser, extension: await findExtension(browser, dir) };
  } catch (error) {
    await endBrowser(browser);
    throw error;
  }
}

/** Ends the browser. One that does not end by itself is killed: puppeteer would wait for ever. */
export async function endBrowser(browser: Browser): Promise<void> {
  const patience = setTimeout(() => {
    console.warn(`Chromium had not ended ${END_MS / 1000} s after it was told to: killed`);
    browser.process()?.kill('SIGKILL');
  }, END_MS);
  try {
    await browser.close();
  } finally {
    clearTimeout(patience);
  }
}

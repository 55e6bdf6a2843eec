/** Opens a browser with Aside loaded, for a person to use or for the tour to drive. */
import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, type Browser, type Extension } from 'puppeteer-core';
import { Aside } from '../tests/e2e/browser.ts';
import { Surfaces } from '../tests/e2e/surfaces.ts';
import { IMAGE_HOST, SITE_HOST, type AiChatsStandIn } from '../tests/stand-ins/ai-chats.ts';
import { ROOT } from './run-tool.ts';

/** Where `npm run build` puts the extension. */
export const EXTENSION = join(ROOT, '.output', 'chrome-mv3');

/** How the browser is opened. */
export interface OpenOptions {
  /** The browser's program. */
  program: string;
  /** An empty folder for its profile and logs. */
  folder: string;
  /** What plays AI-Chats.org; without it the real one is asked. */
  service: AiChatsStandIn | undefined;
  headless: boolean;
}

/** The browser takes this one certificate for the service's, and no other bad one. */
function fingerprint(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

function serviceFlags({ port, certificate }: AiChatsStandIn, headless: boolean): string[] {
  const hosts = [SITE_HOST, `*.${SITE_HOST}`, IMAGE_HOST];
  const rules = hosts.map((host) => `MAP ${host} 127.0.0.1:${port}`);
  // A person may want to try Aside on any page; the tour proves that nothing else is asked for.
  if (headless) rules.push('MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1');
  return [
    `--host-resolver-rules=${rules.join(', ')}`,
    ...(certificate ? [`--ignore-certificate-errors-spki-list=${fingerprint(certificate)}`] : []),
  ];
}

function flags({ folder, service, headless }: OpenOptions): string[] {
  return [
    '--no-default-browser-check',
    '--disable-component-update',
    '--disable-quic',
    '--window-size=1280,900',
    // Older Chrome lets nobody load an extension through the pipe without it.
    '--enable-unsafe-extension-debugging',
    // Chromium's sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(service ? serviceFlags(service, headless) : []),
    ...(headless
      ? [
          '--disable-gpu',
          // The screen without a window is too small for a popup; two pixels a point look better.
          '--screen-info={3200x2400 devicePixelRatio=2.0}',
          // The tour finds buttons by their English names.
          '--lang=en',
          '--accept-lang=en',
          '--enable-logging',
          `--log-file=${join(folder, 'console.log')}`,
          `--log-net-log=${join(folder, 'net.json')}`,
        ]
      : []),
  ];
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}

function whyNot(error: unknown): string {
  const text = String(error);
  if (/Missing X server|ozone_platform|cannot open display/iu.test(text)) {
    return 'there is no display that it can use. Try "npm start -- --headless".';
  }
  if (/No usable sandbox/iu.test(text)) {
    return 'its sandbox does not work on this system. Try another browser with CHROME_PATH.';
  }
  if (/Target closed|Failed to launch/iu.test(text)) return 'it ended at once.';
  return firstLine(error);
}

async function start(options: OpenOptions): Promise<Browser> {
  const { program, folder, headless } = options;
  try {
    return await launch({
      executablePath: program,
      headless,
      pipe: true,
      enableExtensions: true,
      defaultViewport: null,
      userDataDir: join(folder, 'profile'),
      env: headless ? { ...process.env, LANGUAGE: 'en' } : process.env,
      // A person's browser need not say that it is driven by software.
      ignoreDefaultArgs: headless ? [] : ['--enable-automation'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: flags(options),
    });
  } catch (error) {
    throw new Error(`The browser ${program} does not start: ${whyNot(error)}`, { cause: error });
  }
}

async function install(browser: Browser): Promise<Extension> {
  const id = await browser.installExtension(EXTENSION);
  for (let i = 0; i < 200; i += 1) {
    const extension = (await browser.extensions()).get(id);
    if (extension) return extension;
    // The list follows a moment later, and nothing tells when.
    await sleep(25);
  }
  throw new Error('it does not turn up among the extensions');
}

/** Opens the browser and loads the built extension into it. */
export async function openBrowser(options: OpenOptions): Promise<Aside> {
  const browser = await start(options);
  try {
    const extension = await install(browser);
    const service = options.service ?? { port: 0, requests: [] };
    return new Aside(new Surfaces(browser, extension), service, options.folder);
  } catch (error) {
    await browser.close();
    throw new Error(
      `The browser ${options.program} refused to load the extension (${firstLine(error)}). ` +
        `Load ${EXTENSION} yourself: chrome://extensions, Developer mode, Load unpacked.`,
      { cause: error },
    );
  }
}

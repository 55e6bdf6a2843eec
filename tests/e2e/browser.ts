/// <reference types="chrome" />
/** Drives the built extension in a real Chromium, against the stand-in for AI-Chats.org. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page, WebWorker } from 'puppeteer-core';
import { IMAGE_HOST, SITE_HOST } from '../stand-ins/ai-chats.ts';
import { endBrowser, startChromium, type LaunchOptions } from './chromium.ts';
import { requestedUrls } from './net-log.ts';
import { Problems } from './problems.ts';
import { Surfaces } from './surfaces.ts';
import { ExtensionWorker } from './worker.ts';

export type { LaunchOptions } from './chromium.ts';
export * from './locators.ts';

function isServiceHost(host: string): boolean {
  return host === SITE_HOST || host.endsWith(`.${SITE_HOST}`) || host === IMAGE_HOST;
}

function complainOf(what: string, found: string[], expected: RegExp[]): void {
  const unexpected = found.filter((one) => expected.every((pattern) => !pattern.test(one)));
  if (unexpected.length > 0) throw new Error(`${what}:\n${unexpected.join('\n')}`);
}

/** A running browser with the extension. */
export class Aside {
  readonly browser: Browser;
  readonly extensionId: string;
  readonly #surfaces: Surfaces;
  readonly #worker: ExtensionWorker;
  readonly #problems: Problems;
  readonly #service: LaunchOptions['service'];
  readonly #logs: string;
  readonly #expectedProblems: RegExp[] = [];
  readonly #expectedRequests: RegExp[] = [];

  constructor(surfaces: Surfaces, service: LaunchOptions['service'], logs: string) {
    this.browser = surfaces.browser;
    this.extensionId = surfaces.extension.id;
    this.#surfaces = surfaces;
    this.#service = service;
    this.#logs = logs;
    this.#worker = new ExtensionWorker(this.browser, this.extensionId);
    this.#problems = new Problems(this.browser, this.extensionId, join(logs, 'console.log'));
  }

  /** The real side panel of a window (the first one unless told), opened if it is not. */
  openPanel(windowId?: number): Promise<Page> {
    return this.#surfaces.openPanel(windowId);
  }

  closePanel(windowId?: number): Promise<void> {
    return this.#surfaces.closePanel(windowId);
  }

  /** A click on the extension's icon in the toolbar. */
  openPopup(): Promise<Page> {
    return this.#surfaces.openPopup();
  }

  /** A new active tab; a name that the browser does not know leaves its error page. */
  async openTab(url: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(url).catch((error: unknown) => {
      if (!String(error).includes('net::ERR_')) throw error;
    });
    return page;
  }

  /** The panel's page as an ordinary tab; `query` is `?conversation=…` or nothing. */
  openPanelTab(query = ''): Promise<Page> {
    return this.openTab(`${this.#surfaces.origin}/sidepanel.html${query}`);
  }

  /** Another window with its own side panel. */
  openSecondWindow(): Promise<{ windowId: number; panel: Page }> {
    return this.#surfaces.openWindow();
  }

  /** Does something and waits for the page, such as `/sidepanel.html`, that it makes appear. */
  appearing(path: string, act: () => Promise<unknown>): Promise<Page> {
    return this.#surfaces.appearing(path, act);
  }

  /** Attaches to the worker, which from then on does not end by itself. */
  async worker(): Promise<WebWorker> {
    await this.#surfaces.onStage((stage) => this.#worker.wake(stage));
    return this.#worker.attach();
  }

  async isWorkerRunning(): Promise<boolean> {
    return (await this.#worker.find()) !== undefined;
  }

  /** Evaluates an expression in the worker, started if need be, and lets go of it. */
  evaluateInWorker(expression: string): Promise<unknown> {
    return this.#surfaces.onStage(async (stage) => {
      await this.#worker.wake(stage);
      return this.#worker.evaluate(expression);
    });
  }

  /** Ends the worker as the browser does after idling; false when none was running. */
  async killWorker(): Promise<boolean> {
    await this.#collectFromWorker();
    return this.#worker.kill();
  }

  /** Ends the worker in the middle of whatever it does; false when none was running. */
  crashWorker(): Promise<boolean> {
    return this.#worker.crash();
  }

  /** What the worker gets when a menu entry is clicked; without the gesture that a real click is. */
  async sendContextMenuClick(
    info: Partial<chrome.contextMenus.OnClickData> & { menuItemId: string },
    tab?: Partial<chrome.tabs.Tab>,
  ): Promise<void> {
    const full = { editable: false, pageUrl: 'https://ai-chats.org/', ...info };
    const clicked = tab
      ? JSON.stringify(tab)
      : '(await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0]';
    const sent = `(async () => {
      const event = chrome.contextMenus.onClicked;
      if (!event.hasListeners()) return false;
      event.dispatch(${JSON.stringify(full)}, ${clicked});
      return true;
    })()`;
    for (let i = 0; i < 100; i += 1) {
      if ((await this.evaluateInWorker(sent)) === true) return;
      // A worker that was only just started may not have run its script yet.
      await sleep(20);
    }
    throw new Error('The worker does not listen to the context menu');
  }

  /** Everything uncaught and every console error in the extension's pages and worker so far. */
  async problems(): Promise<string[]> {
    await this.#collectFromWorker();
    return this.#problems.list();
  }

  /** Declares a problem that `close` is not to complain of. */
  expectProblem(pattern: RegExp): void {
    this.#expectedProblems.push(pattern);
  }

  /** Declares addresses beside the service's that `close` is not to complain of. */
  expectRequests(pattern: RegExp): void {
    this.#expectedRequests.push(pattern);
  }

  /** Ends the browser; throws if there were problems or requests that no test expected. */
  async close(): Promise<void> {
    try {
      await this.#collectFromWorker();
      await endBrowser(this.browser);
      const problems = this.#problems
        .list()
        // What the worker was about to do when the test ended the browser under it.
        .filter((problem) => !problem.endsWith('Error: The browser is shutting down.'));
      complainOf('Problems in the extension', problems, this.#expectedProblems);
      complainOf('Requests elsewhere', this.#requestsElsewhere(), this.#expectedRequests);
    } finally {
      await endBrowser(this.browser);
      await rm(this.#logs, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** URLs asked for by anything in the ended browser that are neither the service nor its pictures. */
  #requestsElsewhere(): string[] {
    const misdirected = this.#service.requests
      .filter(({ host }) => !isServiceHost(host))
      .map(({ host, path }) => `https://${host}${path}`);
    const urls = requestedUrls(join(this.#logs, 'net.json'));
    return [...urls.filter((url) => !isServiceHost(new URL(url).hostname)), ...misdirected];
  }

  async #collectFromWorker(): Promise<void> {
    await this.#problems.collectFrom(this.#worker).catch((error: unknown) => {
      // The worker may end by itself while it is being asked.
      if (!/closed|No target|not found|detached/iu.test(String(error))) throw error;
    });
  }
}

/** Starts Chromium with the built extension and nothing but the service to talk to. */
export async function launchAside(options: LaunchOptions): Promise<Aside> {
  const logs = await mkdtemp(join(tmpdir(), 'aside-e2e-'));
  const { browser, extension } = await startChromium(options, logs);
  return new Aside(new Surfaces(browser, extension), options.service, logs);
}

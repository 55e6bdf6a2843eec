/// <reference types="chrome" />
/** Opens what a person sees of the extension: the side panel, the popup, tabs and windows. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Extension, Page, Target } from 'puppeteer-core';

function isAt(target: Target, url: string): boolean {
  return target.url().replace(/[?#].*/u, '') === url;
}

/** The pages of one extension in one browser. */
export class Surfaces {
  readonly browser: Browser;
  readonly extension: Extension;
  readonly origin: string;
  /** The side panel of each window. */
  readonly #panels = new Map<number, Page>();

  constructor(browser: Browser, extension: Extension) {
    this.browser = browser;
    this.extension = extension;
    this.origin = `chrome-extension://${extension.id}`;
  }

  /** Lends a page of the extension that runs none of its code, and closes it afterwards. */
  async onStage<T>(act: (stage: Page) => Promise<T>): Promise<T> {
    // In the background, so that the tab which a person looks at stays the active one.
    const stage = await this.browser.newPage({ background: true });
    try {
      await stage.goto(`${this.origin}/manifest.json`);
      return await act(stage);
    } finally {
      await stage.close();
    }
  }

  /** Opens the panel of a window, the first one unless told. */
  async openPanel(windowId?: number): Promise<Page> {
    return this.onStage(async (stage) => {
      const id = windowId ?? (await this.mainWindow(stage));
      const open = this.#panels.get(id);
      if (open && !open.isClosed()) return open;
      return this.appearing('/sidepanel.html', () =>
        // Puppeteer evaluates as if in a gesture, which `open` asks for.
        stage.evaluate((where) => chrome.sidePanel.open({ windowId: where }), id),
      );
    });
  }

  /** Closes the panel of a window; without one it does nothing. */
  async closePanel(windowId?: number): Promise<void> {
    await this.onStage(async (stage) => {
      const id = windowId ?? (await this.mainWindow(stage));
      const panel = this.#panels.get(id);
      this.#panels.delete(id);
      if (!panel || panel.isClosed()) return;
      const closed = new Promise((resolve) => panel.once('close', resolve));
      await stage.evaluate((where) => chrome.sidePanel.close({ windowId: where }), id);
      await closed;
    });
  }

  async openPopup(): Promise<Page> {
    const tab = await this.#activeTab();
    return this.appearing('/popup.html', () => tab.triggerExtensionAction(this.extension));
  }

  async openWindow(): Promise<{ windowId: number; panel: Page }> {
    const windowId = await this.onStage((stage) =>
      stage.evaluate(async () => (await chrome.windows.create({ url: 'about:blank' }))?.id),
    );
    if (windowId === undefined) throw new Error('No second window');
    return { windowId, panel: await this.openPanel(windowId) };
  }

  /** The window that was there first. */
  mainWindow(page: Page): Promise<number> {
    return page.evaluate(async () => {
      const ids = (await chrome.windows.getAll()).map((one) => one.id ?? Infinity);
      return Math.min(...ids);
    });
  }

  /** Does something and waits for the page of the extension that it makes appear. */
  async appearing(path: string, act: () => Promise<unknown>): Promise<Page> {
    const before = new Set(this.browser.targets());
    await act();
    const url = `${this.origin}${path}`;
    const target = await this.browser.waitForTarget((one) => !before.has(one) && isAt(one, url), {
      timeout: 30_000,
    });
    const page = await target.asPage();
    // Right after its target has appeared a panel is still without size and hidden.
    await page.waitForFunction(() => document.readyState === 'complete' && innerWidth > 0, {
      polling: 20,
    });
    if (path === '/sidepanel.html') this.#panels.set(await this.#windowOf(page), page);
    return page;
  }

  async #windowOf(page: Page): Promise<number> {
    return page.evaluate(async () => (await chrome.windows.getCurrent()).id ?? -1);
  }

  async #activeTab(): Promise<Page> {
    const panels = new Set(this.#panels.values());
    for (let i = 0; i < 100; i += 1) {
      const pages = (await this.browser.pages()).filter((page) => !panels.has(page));
      for (const page of pages) {
        if (await page.evaluate(() => document.visibilityState === 'visible')) return page;
      }
      // A tab that has just become the active one may not know it yet.
      await sleep(20);
    }
    throw new Error('No tab is visible');
  }
}

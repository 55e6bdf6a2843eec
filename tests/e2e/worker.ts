import { setTimeout as sleep } from 'node:timers/promises';
import {
  TargetType,
  type Browser,
  type CDPSession,
  type Page,
  type WebWorker,
} from 'puppeteer-core';

/** How long a worker may take to answer a debugger; without it a hook times out and names nothing. */
export const ANSWER = { timeout: 20_000 };

/** Resolves when everything that the worker had begun to write, or was about to, is on disk. */
const SETTLED = `(async () => {
  await new Promise((resolve) => setTimeout(resolve, 10));
  if ((await indexedDB.databases()).every(({ name }) => name !== 'aside')) return;
  const opening = indexedDB.open('aside');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const database = opening.result;
  const stores = [...database.objectStoreNames];
  const counting = database.transaction(stores, 'readwrite').objectStore(stores[0]).count();
  await new Promise((resolve) => (counting.onsuccess = resolve));
  database.close();
})()`;

/**
 * The extension's worker, spoken to without staying attached: an attached debugger would keep it
 * alive. It is found through the protocol, as puppeteer's own list keeps workers that were killed.
 */
export class ExtensionWorker {
  readonly #browser: Browser;
  readonly #origin: string;
  #session: Promise<CDPSession> | undefined;

  constructor(browser: Browser, extensionId: string) {
    this.#browser = browser;
    this.#origin = `chrome-extension://${extensionId}/`;
  }

  /** The target id of the running worker, if any. */
  async find(): Promise<string | undefined> {
    const session = await this.#browserSession();
    const { targetInfos } = await session.send('Target.getTargets');
    return targetInfos.find(
      ({ type, url }) => type === 'service_worker' && url.startsWith(this.#origin),
    )?.targetId;
  }

  /** Starts the worker unless it runs; `page` is any page of the extension. */
  async wake(page: Page): Promise<void> {
    if (await this.find()) return;
    const session = await page.createCDPSession();
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.startWorker', { scopeURL: this.#origin });
    await session.detach();
    while (!(await this.find())) await sleep(5);
  }

  /** Ends the worker as the browser does after idling; false when none was running. */
  async kill(): Promise<boolean> {
    await this.evaluate(SETTLED, { timeout: 5000 }).catch((error: unknown) => {
      // One that starts or ends just now may never answer a debugger.
      console.warn(`The worker did not say that it has written: ${String(error)}`);
    });
    return this.crash();
  }

  /** Ends the worker in the middle of whatever it does; false when none was running. */
  async crash(): Promise<boolean> {
    const targetId = await this.find();
    if (targetId === undefined) return false;
    await (await this.#browserSession()).send('Target.closeTarget', { targetId });
    while ((await this.find()) === targetId) await sleep(5);
    return true;
  }

  /** Attaches for good. */
  async attach(): Promise<WebWorker> {
    // The last one: those before it may have been killed.
    const target = this.#browser
      .targets()
      .findLast(
        (one) => one.type() === TargetType.SERVICE_WORKER && one.url().startsWith(this.#origin),
      );
    const worker = await target?.worker();
    if (!worker) throw new Error('The worker cannot be attached to');
    return worker;
  }

  /** Attaches for as long as `act` takes; undefined when no worker runs. */
  async during<T>(act: (session: CDPSession) => Promise<T>): Promise<T | undefined> {
    const targetId = await this.find();
    if (targetId === undefined) return undefined;
    const parent = await this.#browserSession();
    const target = { targetId, flatten: true };
    const { sessionId } = await parent.send('Target.attachToTarget', target, ANSWER);
    const session = parent.connection()?.session(sessionId);
    if (!session) return undefined;
    try {
      return await act(session);
    } finally {
      if (!session.detached) await parent.send('Target.detachFromTarget', { sessionId });
    }
  }

  /** The value of an expression in the running worker; a promise is waited for, in milliseconds. */
  async evaluate(expression: string, limit = ANSWER): Promise<unknown> {
    return this.during(async (session) => {
      const asked = { expression, awaitPromise: true, returnByValue: true };
      const answer = await session.send('Runtime.evaluate', asked, limit);
      const { exceptionDetails: fault } = answer;
      if (fault) throw new Error(fault.exception?.description ?? fault.text);
      return answer.result.value;
    });
  }

  #browserSession(): Promise<CDPSession> {
    this.#session ??= this.#browser.target().createCDPSession();
    return this.#session;
  }
}

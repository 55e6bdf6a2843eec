/** Collects what went wrong in the extension's pages and worker. */
import { existsSync, readFileSync } from 'node:fs';
import {
  TargetType,
  type Browser,
  type CDPSession,
  type Protocol,
  type Target,
} from 'puppeteer-core';
import { ANSWER, type ExtensionWorker } from './worker.ts';

const LOGGED = /:INFO:CONSOLE:\d+\] "(Uncaught [\s\S]*?)", source: (\S*) \(\d+\)$/gmu;

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function describe({ value, preview, description, type }: Protocol.Runtime.RemoteObject): string {
  if (value !== undefined) return String(value);
  if (!preview || preview.subtype === 'error') return description ?? type;
  return `{${preview.properties.map((one) => `${one.name}: ${one.value ?? one.type}`).join(', ')}}`;
}

/** What was said before anybody listened comes without a preview: the object itself is asked. */
async function describeLate(
  session: CDPSession,
  remote: Protocol.Runtime.RemoteObject,
): Promise<string> {
  const { objectId, subtype } = remote;
  if (objectId === undefined || remote.preview || subtype === 'error') return describe(remote);
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: 'function () { return JSON.stringify(this); }',
    returnByValue: true,
  });
  return describe(result);
}

/** Everything uncaught, and every console error, of one extension. */
export class Problems {
  readonly #origin: string;
  readonly #consoleLog: string;
  readonly #found = new Map<string, string>();
  readonly #watched = new WeakSet<Target>();

  constructor(browser: Browser, extensionId: string, consoleLog: string) {
    this.#origin = `chrome-extension://${extensionId}/`;
    this.#consoleLog = consoleLog;
    const watch = (target: Target): void => {
      this.#watch(target).catch((error: unknown) => {
        // A page that closes while it is being attached to is nothing to report.
        if (!/closed|detached|No target/iu.test(String(error))) this.#add('harness', String(error));
      });
    };
    browser.on('targetcreated', watch);
    browser.on('targetchanged', watch);
    for (const target of browser.targets()) watch(target);
  }

  /** All so far, as `place: text`. */
  list(): string[] {
    this.#readConsoleLog();
    return [...this.#found.values()];
  }

  /** Takes over what the worker has written since it started. */
  async collectFrom(worker: ExtensionWorker): Promise<void> {
    await worker.during(async (session) => {
      const calls: Protocol.Runtime.ConsoleAPICalledEvent[] = [];
      session.on('Runtime.consoleAPICalled', (call) => calls.push(call));
      // Enabling reports everything from the worker's start again; the keys drop repetitions.
      await session.send('Runtime.enable', undefined, ANSWER);
      for (const { type, args, timestamp } of calls) {
        const key = `${timestamp}`;
        if ((type !== 'error' && type !== 'assert') || this.#found.has(key)) continue;
        const said = await Promise.all(args.map((one) => describeLate(session, one)));
        this.#add('worker', said.join(' '), key);
      }
    });
  }

  async #watch(target: Target): Promise<void> {
    if (target.type() === TargetType.SERVICE_WORKER || this.#watched.has(target)) return;
    // A page's own thread is no page; what goes wrong in it is heard in the page.
    if (!target.url().startsWith(this.#origin) || target.url().endsWith('.js')) return;
    this.#watched.add(target);
    const page = await target.asPage();
    const isOurs = (): boolean => page.url().startsWith(this.#origin);
    page.on('console', (message) => {
      if ((message.type() !== 'error' && message.type() !== 'assert') || !isOurs()) return;
      const said = message.args().map((one) => describe(one.remoteObject()));
      this.#add(this.#place(page.url()), said.join(' ') || message.text());
    });
    page.on('pageerror', (error) => {
      const text = error instanceof Error ? error.message : String(error);
      if (isOurs()) this.#add(this.#place(page.url()), text, firstLine(text));
    });
  }

  #place(url: string): string {
    return url.slice(this.#origin.length).replace(/[?#].*/u, '') || 'page';
  }

  #add(place: string, text: string, key = `${place} ${this.#found.size}`): void {
    this.#found.set(key, `${place}: ${text}`);
  }

  /** Chromium logs what is uncaught in a worker that nobody is attached to. */
  #readConsoleLog(): void {
    if (!existsSync(this.#consoleLog)) return;
    for (const [, text = '', source = ''] of readFileSync(this.#consoleLog, 'utf8').matchAll(
      LOGGED,
    )) {
      const key = firstLine(text);
      if (source.startsWith(this.#origin) && !this.#found.has(key)) {
        this.#add(this.#place(source), text, key);
      }
    }
  }
}

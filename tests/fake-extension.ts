/** The extension's API as worker and pages see it, in one process; `fakeBrowser` has the rest. */
import { vi } from 'vitest';
import type { Browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { FakeEvent } from './fake-event';
import { asSent, FakePort, type Sender } from './fake-port';

type Rule = Browser.declarativeNetRequest.Rule;

/** What a page's request gets back, as @webext-core/messaging wraps it. */
export interface Answer {
  res?: unknown;
  err?: { message: string };
}

const INSTALL_HOST = 'https://*.ai-chats.org/*';

export class FakeExtension {
  readonly onConnect = new FakeEvent<[FakePort]>();
  readonly onMessage = new FakeEvent<[unknown, Sender, (answer: Answer) => void]>();
  readonly onMenuClicked = new FakeEvent<[Partial<Browser.contextMenus.OnClickData>, unknown]>();
  readonly onCommand = new FakeEvent<[string, unknown]>();
  readonly onInstalled = new FakeEvent<[]>();
  readonly onStartup = new FakeEvent<[]>();
  readonly onAccessAdded = new FakeEvent<[]>();
  readonly onAccessRemoved = new FakeEvent<[]>();

  /** Match patterns, and names of permissions, that the person has not allowed. */
  readonly denied = new Set<string>();
  /** Whether the person says yes to the next question for a host. */
  isGranting = true;
  /** How the browser takes access back; it may refuse to. */
  isTakingBack = (): Promise<boolean> => Promise.resolve(true);
  /** What was asked for. */
  readonly requested: string[] = [];
  /** Match patterns that the browser names as allowed; those that come at install are among them. */
  readonly granted = new Set([INSTALL_HOST]);
  /** Who may read `storage.local`; content scripts may unless told otherwise. */
  storageLevel = 'TRUSTED_AND_UNTRUSTED_CONTEXTS';
  rules: Rule[] = [];
  menus: { id?: string; title?: string }[] = [];
  /** Windows whose side panel was opened, in order. */
  readonly openedPanels: number[] = [];
  /** Pages' ends of all ports so far. */
  readonly ports: FakePort[] = [];
  /** Whether the worker dies after each request, before the page has its answer. */
  losesAnswers = false;
  /** What stands on the toolbar icon. */
  badge = '';
  windowId = 1;
  isTab = false;
  /** Starts the worker when something needs it. */
  wake: () => Promise<void> = () => Promise.resolve();

  /** A page of our own, unless told. */
  readonly ownPage: Sender = {
    id: fakeBrowser.runtime.id,
    url: fakeBrowser.runtime.getURL('/sidepanel.html'),
  };

  connectFrom(sender: Sender, name: string): FakePort {
    const { promise: isReady, resolve } = Promise.withResolvers<void>();
    const [page, worker] = FakePort.pair(name, sender, isReady);
    this.ports.push(page);
    void this.#arrive(worker, resolve);
    return page;
  }

  async #arrive(port: FakePort, isThere: () => void): Promise<void> {
    await this.wake();
    if (!port.isClosed) this.onConnect.fire(port);
    isThere();
  }

  async sendFrom(sender: Sender, message: unknown): Promise<Answer> {
    await this.wake();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const isAnswered = this.onMessage.fire(asSent(message), sender, (answer) =>
      resolve(asSent(answer)),
    );
    if (!isAnswered.includes(true)) throw new Error('Could not establish connection');
    return promise;
  }

  /** Closes all pages, without a word to them. */
  closePages(): void {
    for (const port of this.ports.splice(0)) port.disconnect();
  }

  /** Ends what belongs to the worker: its listeners, and its ends of the ports. */
  cutOff(): void {
    const events = [this.onConnect, this.onMessage, this.onMenuClicked, this.onCommand];
    for (const event of [...events, this.onInstalled, this.onStartup]) event.removeAllListeners();
    fakeBrowser.storage.local.onChanged.removeAllListeners();
    for (const port of this.ports.splice(0)) {
      if (port.isClosed) continue;
      port.isClosed = true;
      port.onDisconnect.fire(port);
    }
  }
}

/** Puts a fresh extension in place of the browser's. */
export function installExtension(): FakeExtension {
  fakeBrowser.reset();
  const extension = new FakeExtension();
  vi.stubGlobal('chrome', fakeBrowser);
  vi.stubGlobal('browser', fakeBrowser);
  Object.assign(fakeBrowser.storage.local, {
    setAccessLevel({ accessLevel }: { accessLevel: string }) {
      extension.storageLevel = accessLevel;
      return Promise.resolve();
    },
    getKeys: async () => Object.keys(await fakeBrowser.storage.local.get()),
  });
  Object.assign(fakeBrowser.runtime, {
    onConnect: extension.onConnect,
    onMessage: extension.onMessage,
    onInstalled: extension.onInstalled,
    onStartup: extension.onStartup,
    connect: ({ name }: { name: string }) => extension.connectFrom(extension.ownPage, name),
    sendMessage: (message: unknown, tell: (answer?: Answer) => void) =>
      void sendMessage(extension, message, tell),
    getPlatformInfo: () => Promise.resolve({ os: 'linux' }),
    getManifest: () => ({ version: '1.2.3', host_permissions: [INSTALL_HOST] }),
    openOptionsPage: vi.fn<() => Promise<void>>(() => Promise.resolve()),
  });
  Object.assign(fakeBrowser, {
    permissions: permissionsOf(extension),
    declarativeNetRequest: rulesOf(extension),
    contextMenus: {
      onClicked: extension.onMenuClicked,
      removeAll: () => Promise.resolve(void (extension.menus = [])),
      create: (menu: { id: string }) => extension.menus.push(menu),
    },
    action: {
      setBadgeText: ({ text }: { text: string }) => Promise.resolve(void (extension.badge = text)),
      setBadgeBackgroundColor: () => Promise.resolve(),
    },
    commands: { onCommand: extension.onCommand },
    sidePanel: {
      open: ({ windowId }: { windowId: number }) =>
        Promise.resolve(void extension.openedPanels.push(windowId)),
    },
  });
  Object.assign(fakeBrowser.windows, {
    getCurrent: () => Promise.resolve({ id: extension.windowId }),
  });
  Object.assign(fakeBrowser.tabs, {
    getCurrent: () => Promise.resolve(extension.isTab ? { id: 7 } : undefined),
  });
  return extension;
}

/** The form with a callback, which says by `lastError` that nobody answers. */
async function sendMessage(
  extension: FakeExtension,
  message: unknown,
  tell: (answer?: Answer) => void,
): Promise<void> {
  try {
    const answer = await extension.sendFrom(extension.ownPage, message);
    if (extension.losesAnswers) throw new Error('The message channel closed.');
    tell(answer);
  } catch (error) {
    Object.assign(fakeBrowser.runtime, { lastError: { message: String(error) } });
    tell();
    Object.assign(fakeBrowser.runtime, { lastError: undefined });
  }
}

interface Asked {
  origins?: string[];
  permissions?: string[];
}

function namesIn({ origins = [], permissions = [] }: Asked): string[] {
  return [...origins, ...permissions];
}

function permissionsOf(extension: FakeExtension) {
  return {
    getAll: () => Promise.resolve({ permissions: [], origins: [...extension.granted] }),
    contains: (asked: Asked) =>
      Promise.resolve(!namesIn(asked).some((name) => extension.denied.has(name))),
    request(asked: Asked) {
      extension.requested.push(...namesIn(asked));
      if (!extension.isGranting) return Promise.resolve(false);
      for (const name of namesIn(asked)) extension.denied.delete(name);
      for (const origin of asked.origins ?? []) extension.granted.add(origin);
      extension.onAccessAdded.fire();
      return Promise.resolve(true);
    },
    async remove(asked: Asked) {
      if (!(await extension.isTakingBack())) return false;
      for (const name of namesIn(asked)) {
        extension.denied.add(name);
        extension.granted.delete(name);
      }
      extension.onAccessRemoved.fire();
      return true;
    },
    onAdded: extension.onAccessAdded,
    onRemoved: extension.onAccessRemoved,
  };
}

function rulesOf(extension: FakeExtension) {
  return {
    getSessionRules: () => Promise.resolve(extension.rules),
    updateSessionRules(update: { removeRuleIds: number[]; addRules: Rule[] }) {
      const kept = extension.rules.filter(({ id }) => !update.removeRuleIds.includes(id));
      const taken = update.addRules.find((rule) => kept.some(({ id }) => id === rule.id));
      if (taken) return Promise.reject(new Error(`Rule with id ${taken.id} does already exist`));
      extension.rules = [...kept, ...update.addRules];
      return Promise.resolve();
    },
  };
}

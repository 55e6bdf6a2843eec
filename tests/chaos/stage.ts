/** The browser of a chaos run: its pages, its deaths, and what was sent in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { launchAside, type Aside } from '../e2e/browser.ts';
import { startAiChats, type AiChatsStandIn } from '../stand-ins/ai-chats.ts';
import { press, readOffer, type } from './controls.ts';
import { countingPrompt, CountingService, promptsIn } from './counting.ts';
import { readDatabase } from './database.ts';
import { Ledger } from './ledger.ts';
import { observe } from './observer.ts';
import type { Random } from './random.ts';
import type { SentPrompt } from './checks.ts';

export type SurfaceKind = 'panel' | 'second-panel' | 'tab' | 'popup';

/** A page of the extension that is open. */
export interface Surface {
  name: string;
  kind: SurfaceKind;
  page: Page;
}

/** A prompt on its way. */
export interface Sending extends SentPrompt {
  surface: Surface;
  /** Milliseconds since the epoch. */
  at: number;
}

/** A prompt that was sent so long before the browser's death must be there after it. */
const SEND_MARGIN = 50;
const PATIENCE = 20_000;

export class Stage {
  readonly ledger = new Ledger();
  readonly counting: CountingService;
  readonly sent = new Map<string, SentPrompt>();
  readonly random: Random;
  surfaces: Surface[] = [];
  readonly #service: AiChatsStandIn;
  readonly #profile: string;
  #aside: Aside;
  /** A page that runs none of the extension's code, to look into the database from. */
  #desk: Page;
  #secondWindow: number | undefined;
  #opened = 0;
  #prompts = 0;

  private constructor(
    random: Random,
    counting: CountingService,
    service: AiChatsStandIn,
    profile: string,
    aside: Aside,
    desk: Page,
  ) {
    this.random = random;
    this.counting = counting;
    this.#service = service;
    this.#profile = profile;
    this.#aside = aside;
    this.#desk = desk;
  }

  /** Starts service and browser, with the side panel open. */
  static async open(random: Random): Promise<Stage> {
    const service = await startAiChats();
    const counting = new CountingService(random);
    service.answerAlways({ kind: 'own', answer: counting.answer });
    const profile = await mkdtemp(join(tmpdir(), 'aside-chaos-'));
    const { aside, desk } = await launch(service, profile);
    const stage = new Stage(random, counting, service, profile, aside, desk);
    await stage.openSurface('panel');
    return stage;
  }

  get desk(): Page {
    return this.#desk;
  }

  /** Ends all. */
  async close(): Promise<void> {
    await this.#endBrowser();
    await this.#service.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 10 });
  }

  async openSurface(kind: SurfaceKind): Promise<Surface> {
    const page = await this.#openPage(kind);
    this.#opened += 1;
    const surface = { kind, page, name: `${kind} ${this.#opened}` };
    await observe(page, (sight) => this.ledger.note(surface.name, sight));
    this.surfaces.push(surface);
    return surface;
  }

  async closeSurface(surface: Surface): Promise<void> {
    this.surfaces = this.surfaces.filter((one) => one !== surface);
    if (surface.kind === 'panel') await this.#aside.closePanel();
    else if (surface.kind === 'second-panel') await this.#aside.closePanel(this.#secondWindow);
    else if (!surface.page.isClosed()) await surface.page.close();
  }

  /** Makes a tab the one that is looked at; panels always are. */
  async show({ kind, page }: Surface): Promise<void> {
    if (kind === 'tab') await page.bringToFront();
  }

  /** Writes another prompt (or takes the one that came back) and sends it. */
  async send(surface: Surface): Promise<Sending | undefined> {
    const { page } = surface;
    await this.show(surface);
    let { draft } = await readOffer(page);
    if (promptsIn(draft).length === 0) {
      this.#prompts += 1;
      draft = countingPrompt(this.#prompts, this.random.between(60, 300));
      await type(page, draft);
    }
    const at = Date.now();
    const ids = await press(page, ['Send', 'Send next', 'Ask']);
    const prompt = promptsIn(draft).at(-1);
    if (!ids || prompt === undefined) return undefined;
    // The popup answers in a conversation of its own.
    return { surface, prompt, beside: surface.kind === 'popup' ? [] : ids, at };
  }

  /** Waits until the prompt is stored, or back in its box because it did not arrive. */
  async settle(sending: Sending | undefined): Promise<void> {
    if (!sending) return;
    const { surface, prompt, beside } = sending;
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(10)) {
      if (await this.#isStored(prompt)) return void this.sent.set(prompt, { prompt, beside });
      if (!this.surfaces.includes(surface)) continue;
      const { draft } = await readOffer(surface.page);
      if (promptsIn(draft).includes(prompt)) return;
    }
    this.ledger.violations.push(`"${prompt}" was sent and is neither stored nor back in its box`);
  }

  /** Ends the worker in the middle of whatever it does. */
  async killWorker(): Promise<void> {
    // Before the clock is read: it takes a while.
    await this.#aside.problems();
    const at = Date.now();
    this.ledger.kill(at);
    await this.#aside.crashWorker();
    this.ledger.settle(at, await readDatabase(this.#desk));
  }

  /** Ends the browser with SIGKILL and starts it again on the same profile. */
  async killBrowser(sending?: Sending): Promise<void> {
    const browser = this.#aside.browser.process();
    if (!browser) throw new Error('No browser process');
    const gone = new Promise((resolve) => browser.once('exit', resolve));
    const at = Date.now();
    browser.kill('SIGKILL');
    await gone;
    this.ledger.kill(at);
    this.surfaces = [];
    this.#secondWindow = undefined;
    await this.#endBrowser();
    const { aside, desk } = await launch(this.#service, this.#profile);
    [this.#aside, this.#desk] = [aside, desk];
    this.ledger.settle(at, await readDatabase(this.#desk));
    await this.openSurface('panel');
    if (sending) await this.#settleAfterDeath(sending, at);
  }

  /** What it throws are problems in the extension's pages and worker. */
  async #endBrowser(): Promise<void> {
    await this.#aside.close().catch((error: unknown) => {
      this.ledger.violations.push(error instanceof Error ? error.message : String(error));
    });
  }

  /** What was sent long enough before must come to be stored; what was sent later may. */
  async #settleAfterDeath({ prompt, at, beside }: Sending, diedAt: number): Promise<void> {
    const isOptional = diedAt - at < SEND_MARGIN;
    this.sent.set(prompt, { prompt, beside, isOptional });
    if (isOptional) return;
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(10)) {
      if (await this.#isStored(prompt)) return;
    }
    this.ledger.violations.push(
      `"${prompt}" was sent ${diedAt - at} ms before the browser's death and is lost`,
    );
  }

  async #isStored(prompt: string): Promise<boolean> {
    const { messages, queues } = await readDatabase(this.#desk);
    return [...messages, ...queues.flatMap(({ prompts }) => prompts)].some(({ text }) =>
      promptsIn(text).includes(prompt),
    );
  }

  async #openPage(kind: SurfaceKind): Promise<Page> {
    switch (kind) {
      case 'panel':
        return this.#aside.openPanel();
      case 'tab':
        return this.#aside.openPanelTab();
      case 'popup':
        return this.#aside.openPopup();
      case 'second-panel': {
        if (this.#secondWindow !== undefined) return this.#aside.openPanel(this.#secondWindow);
        const { windowId, panel } = await this.#aside.openSecondWindow();
        this.#secondWindow = windowId;
        return panel;
      }
    }
  }
}

async function launch(
  service: AiChatsStandIn,
  profile: string,
): Promise<{ aside: Aside; desk: Page }> {
  const aside = await launchAside({ service, userDataDir: profile });
  // What the browser itself says to a worker that it ended in the middle of a call.
  aside.expectProblem(/Error: No SW$/u);
  const desk = await aside.browser.newPage({ background: true });
  await desk.goto(`chrome-extension://${aside.extensionId}/manifest.json`);
  return { aside, desk };
}

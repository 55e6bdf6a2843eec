/** What can go wrong, or be done at a bad moment. */
import { setTimeout as sleep } from 'node:timers/promises';
import { messageWith, openFromHistory, press, readOffer } from './controls.ts';
import type { Stage, Surface, SurfaceKind } from './stage.ts';

/** A fault; `act` says false when there was no occasion for it. */
export interface Fault {
  name: string;
  /** How often it is chosen, against the others. */
  weight: number;
  act(stage: Stage): Promise<boolean>;
}

const MOST_SURFACES = 4;

export const faults: Fault[] = [
  { name: 'kill worker', weight: 14, act: (stage) => done(stage.killWorker()) },
  { name: 'kill browser', weight: 8, act: (stage) => done(stage.killBrowser()) },
  { name: 'cut connection', weight: 12, act: async ({ counting }) => counting.cut() },
  { name: 'close page', weight: 12, act: closePage },
  { name: 'reload page', weight: 10, act: reloadPage },
  { name: 'reload page and kill worker', weight: 6, act: reloadAndKillWorker },
  { name: 'open panel', weight: 10, act: (stage) => open(stage, 'panel') },
  { name: 'open tab', weight: 7, act: (stage) => open(stage, 'tab') },
  { name: 'open second window', weight: 6, act: (stage) => open(stage, 'second-panel') },
  { name: 'look at another tab', weight: 5, act: lookElsewhere },
  { name: 'new chat', weight: 9, act: startNewChat },
  { name: 'open from history', weight: 11, act: goThroughHistory },
  { name: 'send', weight: 8, act: send },
  { name: 'stop', weight: 8, act: (stage) => pressAnywhere(stage, 'Stop') },
  { name: 'continue', weight: 18, act: continueReply },
  { name: 'try again', weight: 5, act: (stage) => pressAnywhere(stage, 'Try again') },
  { name: 'send what waits', weight: 6, act: (stage) => pressAnywhere(stage, 'Send now') },
  { name: 'ask in the popup', weight: 5, act: askInPopup },
  { name: 'send and kill worker', weight: 6, act: sendAndKillWorker },
  { name: 'send and kill browser', weight: 4, act: sendAndKillBrowser },
  { name: 'send and close page', weight: 5, act: sendAndClose },
];

async function done(act: Promise<void>): Promise<true> {
  await act;
  return true;
}

/** A page where one can send, opened if there is none. */
export async function anyPage(stage: Stage): Promise<Surface> {
  return stage.random.pick(stage.surfaces) ?? stage.openSurface('panel');
}

/** Sends a prompt; in a conversation whose reply runs it waits its turn. */
export async function send(stage: Stage): Promise<boolean> {
  const sending = await stage.send(await anyPage(stage));
  await stage.settle(sending);
  return sending !== undefined;
}

async function open(stage: Stage, kind: SurfaceKind): Promise<boolean> {
  const isOpen = stage.surfaces.some((surface) => surface.kind === kind && kind !== 'tab');
  if (isOpen || stage.surfaces.length >= MOST_SURFACES) return false;
  await stage.openSurface(kind);
  return true;
}

async function closePage(stage: Stage): Promise<boolean> {
  const surface = stage.random.pick(stage.surfaces);
  if (surface) await stage.closeSurface(surface);
  return surface !== undefined;
}

async function reloadPage(stage: Stage): Promise<boolean> {
  const surface = stage.random.pick(stage.surfaces);
  await surface?.page.reload();
  return surface !== undefined;
}

async function reloadAndKillWorker(stage: Stage): Promise<boolean> {
  const surface = stage.random.pick(stage.surfaces);
  const reloaded = surface?.page.reload();
  await sleep(stage.random.between(0, 120));
  await stage.killWorker();
  await reloaded;
  return surface !== undefined;
}

async function lookElsewhere(stage: Stage): Promise<boolean> {
  const tab = stage.random.pick(stage.surfaces.filter(({ kind }) => kind === 'tab'));
  if (tab) await stage.show(tab);
  return tab !== undefined;
}

async function startNewChat(stage: Stage): Promise<boolean> {
  const surface = await anyPage(stage);
  await stage.show(surface);
  if (!(await press(surface.page, ['New chat']))) return false;
  await surface.page.waitForFunction(() => !document.querySelector('article'), { polling: 25 });
  await stage.settle(await stage.send(surface));
  return true;
}

async function goThroughHistory(stage: Stage): Promise<boolean> {
  const surface = await anyPage(stage);
  await stage.show(surface);
  const { buttons } = await readOffer(surface.page);
  if (!buttons.includes('History')) return false;
  return openFromHistory(surface.page, (count) => stage.random.between(0, count - 1));
}

async function pressAnywhere(stage: Stage, name: string): Promise<boolean> {
  for (const surface of stage.surfaces) {
    await stage.show(surface);
    if (await press(surface.page, [name])) return true;
  }
  return false;
}

/** Has a reply that broke off go on. */
export async function continueReply(stage: Stage): Promise<boolean> {
  for (const surface of stage.surfaces) {
    await stage.show(surface);
    const id = await messageWith(surface.page, 'Continue');
    if (id === undefined) continue;
    // Before the press: the first word may be shown before it returns.
    stage.ledger.revive(id);
    if (await press(surface.page, ['Continue'], id)) return true;
  }
  return false;
}

async function askInPopup(stage: Stage): Promise<boolean> {
  const popup = await stage.openSurface('popup');
  const { isStreaming } = await readOffer(popup.page);
  if (!isStreaming) await stage.settle(await stage.send(popup));
  await stage.closeSurface(popup);
  return true;
}

async function sendAndKillWorker(stage: Stage): Promise<boolean> {
  const sending = await stage.send(await anyPage(stage));
  await sleep(stage.random.between(0, 60));
  await stage.killWorker();
  await stage.settle(sending);
  return sending !== undefined;
}

async function sendAndKillBrowser(stage: Stage): Promise<boolean> {
  const sending = await stage.send(await anyPage(stage));
  await sleep(stage.random.between(0, 100));
  await stage.killBrowser(sending);
  return sending !== undefined;
}

async function sendAndClose(stage: Stage): Promise<boolean> {
  const surface = await anyPage(stage);
  const sending = await stage.send(surface);
  await sleep(stage.random.between(50, 80));
  await stage.closeSurface(surface);
  await stage.settle(sending);
  return sending !== undefined;
}

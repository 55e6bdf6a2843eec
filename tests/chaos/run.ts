/** Lets so many faults happen while replies run, then looks whether all that was shown is there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { checkStored } from './checks.ts';
import type { Page } from 'puppeteer-core';
import { ask, readDatabase, type Stored } from './database.ts';
import { anyPage, continueReply, faults, send } from './faults.ts';
import { countWords, withoutSpace, type Losses } from './ledger.ts';
import { Random } from './random.ts';
import { Stage } from './stage.ts';

export interface ChaosOptions {
  /** How many faults. */
  count: number;
  seed: number;
  /** Is told what happens, a line each. */
  log?: (line: string) => void;
}

/** What a run has come to. */
export interface ChaosReport {
  seed: number;
  /** How often each fault happened, by its name. */
  faults: Record<string, number>;
  prompts: number;
  replies: number;
  /** How often a reply that had broken off went on. */
  continued: number;
  wordsShown: number;
  /** What kills took, all of it allowed. */
  losses: Losses;
  /** What should not have happened, a sentence each. */
  violations: string[];
  milliseconds: number;
}

/** Replies that run at once at the most. */
const MOST_RUNNING = 4;
/** Time without a new word after which nothing more is waited for. */
const SILENCE = 700;
const QUIET_AFTER = 60_000;

/** Runs it; throws only when it could not be run. */
export async function runChaos({ count, seed, log }: ChaosOptions): Promise<ChaosReport> {
  const startedAt = performance.now();
  const random = new Random(seed);
  const stage = await Stage.open(random);
  const happened: Record<string, number> = {};
  const { ledger } = stage;
  let stored: Stored;
  let told = 0;
  try {
    for (let number = 1; number <= count;) {
      if (stage.counting.running === 0) {
        if (random.next() < 0.4 || !(await continueReply(stage))) await send(stage);
      }
      await letWordsCome(stage, random.between(3, 40));
      const fault = random.pickByWeight(faults);
      if (!fault || (fault.name.startsWith('send') && stage.counting.running > MOST_RUNNING))
        continue;
      if (!(await fault.act(stage))) continue;
      happened[fault.name] = (happened[fault.name] ?? 0) + 1;
      log?.(`${number} ${fault.name}`);
      for (; told < ledger.violations.length; told += 1) log?.(`  ${ledger.violations[told]}`);
      number += 1;
    }
    stored = await becomeQuiet(stage);
    ledger.violations.push(...(await closingChecks(stage, stored)));
  } finally {
    await stage.close();
  }
  const entries = [...ledger.entries.values()];
  return {
    seed,
    faults: happened,
    prompts: stage.sent.size,
    replies: stored.messages.filter(({ role }) => role === 'assistant').length,
    continued: ledger.revived,
    wordsShown: entries.reduce((sum, { longest }) => sum + countWords(longest), 0),
    losses: ledger.losses,
    violations: [...new Set(ledger.violations)],
    milliseconds: performance.now() - startedAt,
  };
}

/** Until so many changes were shown, or none comes. */
async function letWordsCome({ ledger }: Stage, changes: number): Promise<void> {
  const goal = ledger.progress + changes;
  for (let last = ledger.progress, at = Date.now(); ledger.progress < goal; await sleep(5)) {
    if (ledger.progress > last) [last, at] = [ledger.progress, Date.now()];
    if (Date.now() - at > SILENCE) return;
  }
}

/** Lets every reply end and every waiting prompt go; answers what is stored then. */
async function becomeQuiet(stage: Stage): Promise<Stored> {
  stage.counting.hurry();
  // Somebody must look, or nobody wakes the worker that finds what was cut off.
  await anyPage(stage);
  for (const surface of stage.surfaces) await stage.show(surface);
  for (const end = Date.now() + QUIET_AFTER; ; await sleep(50)) {
    const stored = await readDatabase(stage.desk);
    const waiting = stored.queues.filter(({ prompts }) => prompts.length > 0);
    const isRunning = stored.messages.some(({ state }) => state === 'streaming');
    if (!isRunning && waiting.length === 0 && stage.counting.running === 0) return stored;
    if (Date.now() > end) return stored;
    for (const { conversationId } of waiting) {
      await ask(stage.desk, 'sendQueue', { conversationId });
    }
  }
}

async function closingChecks(stage: Stage, stored: Stored): Promise<string[]> {
  const { ledger, sent, surfaces } = stage;
  const { entries, together } = ledger;
  const account = { entries: entries.values(), together, sent: [...sent.values()] };
  const found = checkStored(stored, account);
  for (const surface of surfaces) {
    await stage.show(surface);
    for (const end = Date.now() + 10_000; ; await sleep(25)) {
      const wrong = await compareShown(surface.page, stored);
      if (wrong.length === 0) break;
      if (Date.now() < end) continue;
      found.push(...wrong.map((sentence) => `${surface.name}: ${sentence}`));
      break;
    }
  }
  const problems = await ask(stage.desk, 'checkDatabase');
  return [...found, ...(Array.isArray(problems) ? problems.map(String) : ['no database check'])];
}

/** Whether a page is usable and shows its messages as they are stored. */
async function compareShown(page: Page, { messages }: Stored): Promise<string[]> {
  const models = await page.$$eval('select, [role="combobox"]', (boxes) =>
    boxes.map(({ textContent }) => textContent).join(''),
  );
  if (!models) return ['no model can be chosen'];
  const shown = await page.$$eval('article[data-message-id]', (articles) =>
    articles.map((article) => ({
      id: article.getAttribute('data-message-id') ?? '',
      state: article.getAttribute('data-message-state') ?? '',
      text: article.querySelector('[data-message-text]')?.textContent ?? '',
    })),
  );
  const byId = new Map(messages.map((message) => [message.id, message]));
  return shown.flatMap(({ id, state, text }) => {
    const message = byId.get(id);
    if (!message) return [`message ${id} is shown and not stored`];
    if (state !== message.state) return [`message ${id} is ${state}, stored as ${message.state}`];
    return withoutSpace(text) === withoutSpace(message.text)
      ? []
      : [`message ${id} is shown otherwise than it is stored`];
  });
}

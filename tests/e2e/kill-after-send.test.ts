/** A prompt is on disk before anything else happens to it: it outlives the browser's sudden death. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAiChats, type AiChatsStandIn } from '../stand-ins/ai-chats.ts';
import { articles, byRole, fill, launchAside, promptBox, type Aside } from './browser.ts';
import { startNewChat } from './story.ts';

/** What is promised: so long after Send, in milliseconds, nothing can be lost any more. */
const AFTER_SEND = 50;

let service: AiChatsStandIn;
let profile: string;

beforeAll(async () => {
  service = await startAiChats();
  service.answerAlways({ kind: 'silent' });
  profile = await mkdtemp(join(tmpdir(), 'aside-profile-'));
});

afterAll(async () => {
  await service.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function pullThePlug({ browser }: Aside): Promise<void> {
  const gone = new Promise((resolve) => browser.process()?.once('exit', resolve));
  browser.process()?.kill('SIGKILL');
  await gone;
}

it.each([
  { round: 'first', isAsleep: false },
  { round: 'second', isAsleep: false },
  { round: 'third', isAsleep: true },
  { round: 'fourth', isAsleep: true },
])(
  'has the prompt after a SIGKILL of the browser 50 ms after Send ($round, worker asleep: $isAsleep)',
  async ({ round, isAsleep }) => {
    const prompt = `Outlive the ${round} death`;
    const doomed = await launchAside({ service, userDataDir: profile });
    const panel = await doomed.openPanel();
    await startNewChat(panel);
    await fill(panel, await promptBox(panel), prompt);
    const button = await byRole(panel, 'button', 'Send');
    if (isAsleep) await doomed.killWorker();
    await button.evaluate((element) => element instanceof HTMLElement && element.click());
    await sleep(AFTER_SEND);
    await pullThePlug(doomed);
    await doomed.close();

    const revived = await launchAside({ service, userDataDir: profile });
    const after = await revived.openPanel();
    // Whether its reply was begun before the end or begins now: the prompt is there, and once.
    await after.waitForSelector(`article[data-message-role="user"] ::-p-text(${prompt})`);
    const shown = await articles(after);
    expect(shown.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(shown[0]?.text).toBe(prompt);
    await revived.close();
  },
);

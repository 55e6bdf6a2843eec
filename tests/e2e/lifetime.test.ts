/** What outlives what: a reply its page, a conversation its worker and its browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  articles,
  byRole,
  clickButton,
  launchAside,
  readNotice,
  send,
  waitForReplyState,
  waitForReplyText,
  waitForStored,
} from './browser.ts';
import { startNewChat, startStory } from './story.ts';

const story = startStory();

const TEXT = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');

it('shows a reply complete, exact and once after the panel was closed in the middle', async () => {
  const panel = await story.freshPanel();
  const reply = stepped(TEXT);
  story.service.answerNext(reply);
  await send(panel, 'Close me in the middle');
  await reply.release(10);
  await waitForReplyText(panel, 'word9');
  await story.aside.closePanel();
  await reply.release(10);
  const reopened = await story.aside.openPanel();
  await waitForReplyText(reopened, 'word19');
  await reply.release(10);
  await waitForReplyText(reopened, 'word29');
  await story.aside.closePanel();
  await reply.releaseAll();
  await reply.end();
  const again = await story.aside.openPanel();
  await waitForReplyState(again, 'done');
  expect(await articles(again)).toEqual([
    { role: 'user', state: 'done', text: 'Close me in the middle' },
    { role: 'assistant', state: 'done', text: TEXT },
  ]);
  const asked = story.service.requests.filter(({ body }) => body.includes('Close me in the'));
  expect(asked).toHaveLength(1);
});

it('shows a reply complete after its page was reloaded in the middle', async () => {
  const panel = await story.freshPanel();
  const reply = stepped(TEXT);
  story.service.answerNext(reply);
  await send(panel, 'Reload me');
  await reply.release(10);
  await waitForReplyText(panel, 'word9');
  await panel.reload();
  await reply.releaseAll();
  await reply.end();
  expect((await waitForReplyState(panel, 'done')).text).toBe(TEXT);
});

it('stops on Stop: the server sees the connection close, and the text stays', async () => {
  const panel = await story.freshPanel();
  const reply = stepped(TEXT);
  story.service.answerNext(reply);
  await send(panel, 'Stop me');
  await reply.release(5);
  await waitForReplyText(panel, 'word4');
  await clickButton(panel, 'Stop');
  await story.service.waitForRequest(
    ({ body, closedByClientAt }) => body.includes('Stop me') && closedByClientAt !== undefined,
  );
  const stopped = await waitForReplyState(panel, 'stopped');
  expect(stopped.text).toBe('word0 word1 word2 word3 word4');
  expect(await panel.$('[role="alert"]')).toBeNull();
  await byRole(panel, 'button', 'Send');
  await waitForStored(panel, 'word0 word1 word2 word3 word4');
});

it('keeps the text of a reply whose worker was killed, and tries again beside it', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('Alive until this very word and no further');
  story.service.answerNext(reply, { kind: 'text', text: 'Second try.' });
  await send(panel, 'Kill the worker');
  await reply.release(5);
  await waitForReplyText(panel, 'Alive until this very word');
  await waitForStored(panel, 'Alive until this very word');
  await story.aside.killWorker();
  const left = await waitForReplyState(panel, 'interrupted');
  expect(left.text).toBe('Alive until this very word');
  const notice = await readNotice(panel);
  expect(notice.text).toBe('The answer was cut off: the browser ended Aside in the middle of it.');
  expect(notice.buttons).toEqual(['Continue', 'Try again']);

  await clickButton(panel, 'Try again');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Second try.');
  await clickButton(panel, 'Previous version');
  expect((await waitForReplyState(panel, 'interrupted')).text).toBe(left.text);
  await clickButton(panel, 'Next version');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Second try.');
});

it('marks a reply interrupted when its worker died while no panel was open', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('Nobody looks at this');
  story.service.answerNext(reply);
  await send(panel, 'Die unseen');
  await reply.release(3);
  await waitForStored(panel, 'Nobody looks at');
  await story.aside.closePanel();
  await story.aside.killWorker();
  const reopened = await story.aside.openPanel();
  expect((await waitForReplyState(reopened, 'interrupted')).text).toBe('Nobody looks at');
});

it('sends the next prompt through a new worker when the old one was killed', async () => {
  const panel = await story.freshPanel();
  await story.aside.killWorker();
  story.service.answerNext({ kind: 'text', text: 'A new worker speaks.' });
  await send(panel, 'Anybody home?');
  expect((await waitForReplyState(panel, 'done')).text).toBe('A new worker speaks.');
});

it('lets several conversations stream at once and leads back to each', async () => {
  const panel = await story.freshPanel();
  const [first, second] = [stepped(`${TEXT} first`), stepped(`${TEXT} second`)];
  story.service.answerNext(first, second);
  await send(panel, 'Conversation one');
  await first.release(5);
  await waitForReplyText(panel, 'word4');
  await startNewChat(panel);
  await send(panel, 'Conversation two');
  await second.release(3);
  await waitForReplyText(panel, 'word2');
  await first.releaseAll();
  await first.end();
  await second.release(3);
  expect((await waitForReplyText(panel, 'word5')).state).toBe('streaming');

  await clickButton(panel, 'History');
  const history = await byRole(panel, 'region', 'History');
  await (await history.waitForSelector('::-p-text(Conversation one)'))?.click();
  expect((await waitForReplyState(panel, 'done')).text).toBe(`${TEXT} first`);

  await second.releaseAll();
  await second.end();
  await clickButton(panel, 'History');
  const open = await byRole(panel, 'region', 'History');
  await (await open.waitForSelector('::-p-text(Conversation two)'))?.click();
  await waitForReplyText(panel, 'second');
  expect((await waitForReplyState(panel, 'done')).text).toBe(`${TEXT} second`);
});

it('still has the conversation when the browser process was killed in mid-answer', async () => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'aside-profile-'));
  const doomed = await launchAside({ service: story.service, userDataDir });
  const reply = stepped('Written before the plug was pulled');
  story.service.answerNext(reply);
  const panel = await doomed.openPanel();
  await send(panel, 'Pull the plug');
  await reply.release(4);
  await waitForStored(panel, 'Written before the plug');
  const gone = new Promise((resolve) => doomed.browser.process()?.once('exit', resolve));
  doomed.browser.process()?.kill('SIGKILL');
  await gone;
  await doomed.close();

  const revived = await launchAside({ service: story.service, userDataDir });
  const after = await revived.openPanel();
  await waitForReplyState(after, 'interrupted');
  expect(await articles(after)).toEqual([
    { role: 'user', state: 'done', text: 'Pull the plug' },
    { role: 'assistant', state: 'interrupted', text: 'Written before the plug' },
  ]);
  await revived.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
});

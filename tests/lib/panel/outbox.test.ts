import { fakeBrowser } from 'wxt/testing/fake-browser';
import { describe, expect, it } from 'vitest';
import { TEMPORARY } from '@/lib/conversation';
import { extension, openPage, service, setUpRoundTrip, storedMessages } from '../../round-trip';
import { chatModel } from '../../samples';

setUpRoundTrip();

const prompt = {
  conversationId: 'c1',
  messageId: 'm1',
  text: 'Still on its way',
  model: chatModel,
};

const kept = async () =>
  Object.keys(await fakeBrowser.storage.local.get()).filter((key) => key.startsWith('outbox:'));

describe('a prompt on its way when the browser died', () => {
  it('is sent by the next page, which shows its conversation', async () => {
    service.answerAlways({ kind: 'text', text: 'Hello' });
    await fakeBrowser.storage.local.set({ 'outbox:m1': prompt });
    const page = await openPage();
    await page.last('done', 'Hello');
    expect(page.texts()).toEqual(['Still on its way', 'Hello']);
    await expect.poll(kept).toEqual([]);
  });

  it('that had arrived is not there twice', async () => {
    service.answerAlways({ kind: 'text', text: 'Hello' });
    const first = await openPage({ conversationId: 'c1' });
    await first.say('Still on its way');
    await first.last('done', 'Hello');
    const { id: messageId } = first.branch()[0] ?? { id: '' };
    await fakeBrowser.storage.local.set({ [`outbox:${messageId}`]: { ...prompt, messageId } });
    const page = await openPage();
    await page.last('done', 'Hello');
    expect((await storedMessages('c1')).map(({ text }) => text)).toEqual([
      'Still on its way',
      'Hello',
    ]);
  });
});

it('writes a prompt down until the worker has it, or has refused it', async () => {
  service.answerAlways({ kind: 'silent' });
  const page = await openPage();
  const { promise, resolve } = Promise.withResolvers<void>();
  fakeBrowser.storage.local.onChanged.addListener((changes) => {
    if (Object.keys(changes).some((key) => key.startsWith('outbox:'))) resolve();
  });
  await page.say('Written down');
  await promise;
  await expect.poll(kept).toEqual([]);
  extension.onMessage.removeAllListeners();
  await page.say('Refused');
  expect(page.state().draft).toBe('Refused');
  await expect.poll(kept).toEqual([]);
});

it('writes nothing of a temporary chat', async () => {
  const page = await openPage({ conversationId: `${TEMPORARY}1` });
  let isTouched = false;
  fakeBrowser.storage.local.onChanged.addListener((changes) => {
    isTouched ||= Object.keys(changes).some((key) => key.startsWith('outbox:'));
  });
  await page.say('Between you and me');
  expect(isTouched).toBe(false);
});

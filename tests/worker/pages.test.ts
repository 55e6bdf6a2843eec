/** What pages see, whenever they come and however often they lose the worker. */
import { describe, expect, it } from 'vitest';
import { extension, openPage, request, service, setUpRoundTrip } from '../round-trip';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

it('a worker that starts keeps what is stored from scripts in web pages', () => {
  expect(extension.storageLevel).toBe('TRUSTED_CONTEXTS');
});

const whole = 'one two three four five 🙂 six';

/** A page whose reply has said its first two words. */
async function startReply() {
  const reply = stepped(whole);
  service.answerNext(reply);
  const page = await openPage();
  await page.say('Count');
  await reply.release(2);
  await page.last('streaming', 'one two');
  const finish = async () => {
    await reply.releaseAll();
    await reply.end();
  };
  return { page, reply, finish, conversationId: page.state().conversation?.id ?? '' };
}

describe('a page shows exactly the text that arrived, once', () => {
  it('when it comes in mid-reply, beside another', async () => {
    const { page, reply, finish } = await startReply();
    const second = await openPage({ windowId: 2 });
    await second.last('streaming', 'one two');
    await reply.release();
    await Promise.all([
      page.last('streaming', 'one two three'),
      second.last('streaming', 'one two three'),
    ]);
    await finish();
    await Promise.all([page.last('done', whole), second.last('done', whole)]);
    expect(second.state().conversation).toEqual(page.state().conversation);
  });

  it('when it was closed in mid-reply: the reply goes on, and is there when it opens again', async () => {
    const { page, finish } = await startReply();
    page.close();
    await finish();
    const again = await openPage();
    await again.last('done', whole);
    expect(again.texts()).toEqual(['Count', whole]);
  });

  it('when its connection breaks and more arrives meanwhile', async () => {
    const { page, reply, finish } = await startReply();
    page.loseConnection();
    expect(page.state().isConnected).toBe(false);
    await reply.release(2);
    await page.last('streaming', 'one two three four');
    expect(page.state().isConnected).toBe(true);
    await finish();
    await page.last('done', whole);
  });

  it('when its connection breaks while another conversation is the newest', async () => {
    const { page, finish } = await startReply();
    const other = await openPage({ conversationId: 'newer', as: 'tab' });
    await other.say('Newer');
    await other.last('done');
    page.loseConnection();
    await page.until(({ isConnected }) => isConnected);
    await finish();
    await page.last('done', whole);
    expect(page.texts()).toEqual(['Count', whole]);
  });

  it('when it opens after the end, by its address', async () => {
    const { page, finish, conversationId } = await startReply();
    await finish();
    await page.last('done');
    const late = await openPage({ conversationId, as: 'tab' });
    expect(late.texts()).toEqual(['Count', whole]);
  });

  it('when it looks at another conversation and comes back', async () => {
    const { page, finish, conversationId } = await startReply();
    page.startNewChat();
    await page.until(({ conversation }) => conversation?.messages.length === 0);
    await finish();
    page.watchConversation(conversationId);
    await page.last('done', whole);
    expect(page.texts()).toEqual(['Count', whole]);
  });
});

it('two conversations stream at once, each to its own page', async () => {
  const [letters, digits] = [stepped('a b c'), stepped('1 2 3')];
  service.answerNext(letters, digits);
  const first = await openPage({ conversationId: 'first' });
  const second = await openPage({ conversationId: 'second' });
  await first.say('letters');
  await letters.started;
  await second.say('digits');
  for (const part of [1, 2]) {
    await letters.release();
    await digits.release();
    await first.last('streaming', 'a b c'.slice(0, part * 2 - 1));
    await second.last('streaming', '1 2 3'.slice(0, part * 2 - 1));
  }
  for (const reply of [letters, digits]) {
    await reply.releaseAll();
    await reply.end();
  }
  await first.last('done', 'a b c');
  await second.last('done', '1 2 3');
  expect(first.texts()).toEqual(['letters', 'a b c']);
});

it('a page shows the conversation it asked for last, though another takes longer to load', async () => {
  const other = await openPage({ conversationId: 'known', as: 'tab' });
  const page = await openPage();
  page.watchConversation('from-disk');
  page.watchConversation('known');
  await page.until(({ conversation }) => conversation?.id === 'known');
  await other.say('Hi');
  await page.last('done');
  expect(page.state().conversation?.id).toBe('known');
});

describe('what a page opens with', () => {
  it('is an empty conversation when there is none', async () => {
    const page = await openPage();
    expect(page.state().conversation).toMatchObject({ title: '', messages: [] });
    const inUse = page.state().providers.filter(({ isActive }) => isActive);
    expect(inUse).toMatchObject([{ name: 'AI-Chats.org' }]);
  });

  it('is the newest conversation', async () => {
    for (const id of ['older', 'newer']) {
      service.answerNext({ kind: 'text', text: id });
      const page = await openPage({ conversationId: id });
      await page.say(`prompt of ${id}`);
      await page.last('done', id);
      page.close();
    }
    const page = await openPage();
    expect(page.texts()).toEqual(['prompt of newer', 'newer']);
    expect(await request('listConversations')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'newer', title: 'prompt of newer' }),
        expect.objectContaining({ id: 'older', title: 'prompt of older' }),
      ]),
    );
  });

  it('is nothing that was never asked: an empty conversation is not listed', async () => {
    const page = await openPage();
    page.startNewChat();
    expect(await request('listConversations')).toEqual([]);
  });
});

function toShow(windowId: number): Promise<unknown> {
  return request('showInPanel', { conversationId: 'wanted', windowId });
}

describe('a conversation that a window is told to show', () => {
  it('is shown by the panel that is open', async () => {
    const page = await openPage({ windowId: 3 });
    await toShow(3);
    await page.until(({ conversation }) => conversation?.id === 'wanted');
    expect(page.texts()).toEqual([]);
  });

  it('is shown by the panel that opens next, once', async () => {
    await toShow(3);
    const page = await openPage({ windowId: 3 });
    expect(page.state().conversation?.id).toBe('wanted');
    page.close();
    const again = await openPage({ windowId: 3 });
    expect(again.state().conversation?.id).not.toBe('wanted');
  });

  it('stays shown after the connection broke', async () => {
    const page = await openPage({ windowId: 3 });
    await toShow(3);
    await page.until(({ conversation }) => conversation?.id === 'wanted');
    page.loseConnection();
    await page.until(({ isConnected }) => isConnected);
    expect(page.state().conversation?.id).toBe('wanted');
  });

  it.each([
    ['the panel of another window', { windowId: 4 }],
    ['a tab in the window', { windowId: 3, as: 'tab' as const }],
    ['the popup', { windowId: 3, as: 'popup' as const }],
  ])('is not shown by %s', async (_, options) => {
    const page = await openPage(options);
    const before = page.state().conversation?.id;
    await toShow(3);
    const panel = await openPage({ windowId: 3 });
    expect(panel.state().conversation?.id).toBe('wanted');
    expect(page.state().conversation?.id).toBe(before);
  });

  it('is opened from the popup, still streaming', async () => {
    const { page, reply, finish } = await startReply();
    await page.openInPanel(5, true);
    expect(extension.openedPanels).toEqual([5]);
    const panel = await openPage({ windowId: 5 });
    await panel.last('streaming', 'one two');
    await reply.release();
    await finish();
    await panel.last('done', whole);
    expect(panel.texts()).toEqual(['Count', whole]);
  });
});

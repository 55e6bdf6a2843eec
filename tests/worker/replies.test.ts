/** Prompts and replies: from a page through the worker to the service, and back. */
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  extension,
  openPage,
  request,
  service,
  setUpRoundTrip,
  storedMessages,
  type Page,
} from '../round-trip';
import { chatModel, pictureModel } from '../samples';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

function idOf(page: Page): string {
  return page.state().conversation?.id ?? '';
}

/** What the service was asked, by its protocol. */
function asked(): { type: string; content: string }[] {
  return service.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => {
      const { type, messagesHistory } = JSON.parse(body);
      return { type, content: messagesHistory[0].content };
    });
}

describe('a prompt', () => {
  const text = '# Sky\n\nIt is **blue** 🙂,\n  and `wide`.';

  it('is answered: the exact text is in the page and in the database', async () => {
    service.answerNext({ kind: 'text', text, pieces: 'byte', newline: '\r\n' });
    const page = await openPage();
    await page.say('Why is the sky blue?');
    await page.last('done', text);
    await vi.waitFor(async () => {
      expect(await storedMessages(idOf(page))).toEqual([
        { role: 'user', state: 'done', text: 'Why is the sky blue?' },
        { role: 'assistant', state: 'done', text },
      ]);
    });
  });

  it.each([
    ['emoji, right-to-left and zero-width characters', 'a👩‍👩‍👧 שלום \u200bzero\u200d\u202ex'],
    ['white space and newlines', '  two\n\n\tlines '],
    ['200,000 characters', 'я'.repeat(200_000)],
  ])('of %s arrives unchanged', async (_, prompt) => {
    service.answerNext({ kind: 'text', text: 'ok' });
    const page = await openPage();
    await page.say(prompt);
    await page.last('done', 'ok');
    expect(asked()[0]?.content === prompt).toBe(true);
    expect(page.texts()[0] === prompt).toBe(true);
  });

  it('goes with the conversation before it, also what a stopped reply had said', async () => {
    const first = stepped('Hello, who');
    service.answerNext(first, { kind: 'text', text: 'Fine.' });
    const page = await openPage();
    await page.say('Hi');
    await first.release();
    await page.last('streaming', 'Hello,');
    await page.stopReply();
    await page.last('stopped');
    await page.say('How are you?');
    await page.last('done', 'Fine.');
    expect(asked().map(({ content }) => content)).toEqual([
      'Hi',
      'User: Hi\nAssistant: Hello,\nUser: How are you?\nAssistant:',
    ]);
  });

  it('is one message, though it comes twice', async () => {
    service.answerNext({ kind: 'text', text: 'once' });
    const page = await openPage();
    const conversationId = idOf(page);
    const prompt = { conversationId, messageId: 'm', text: 'Hi', model: chatModel };
    await Promise.all([request('sendPrompt', prompt), request('sendPrompt', prompt)]);
    await page.last('done', 'once');
    await request('sendPrompt', prompt);
    expect(page.texts()).toEqual(['Hi', 'once']);
    expect(asked()).toHaveLength(1);
  });

  it('is one message after two clicks on Send', async () => {
    service.answerNext({ kind: 'text', text: 'once' });
    const page = await openPage();
    page.setDraft('Hi');
    await Promise.all([page.sendPrompt(), page.sendPrompt()]);
    await page.last('done', 'once');
    expect(page.texts()).toEqual(['Hi', 'once']);
  });
});

describe('Stop', () => {
  it('closes the connection at the server and keeps the text so far', async () => {
    const reply = stepped('one two three');
    service.answerNext(reply);
    const page = await openPage();
    await page.say('Count');
    await reply.release(2);
    await page.last('streaming', 'one two');
    await page.stopReply();
    await service.waitForRequest(({ closedByClientAt }) => closedByClientAt !== undefined);
    const message = await page.last('stopped', 'one two');
    expect(message).not.toHaveProperty('error');
    await vi.waitFor(async () => {
      expect(await storedMessages(idOf(page))).toContainEqual({
        role: 'assistant',
        state: 'stopped',
        text: 'one two',
      });
    });
  });

  it('works before the first byte', async () => {
    service.answerNext({ kind: 'silent' });
    const page = await openPage();
    await page.say('Hello?');
    await service.waitForRequest(({ method }) => method === 'POST');
    await page.stopReply();
    await service.waitForRequest(({ closedByClientAt }) => closedByClientAt !== undefined);
    expect(await page.last('stopped', '')).not.toHaveProperty('error');
  });

  it('ends the reply of its own conversation only', async () => {
    const [first, second] = [stepped('a b c'), stepped('1 2 3')];
    service.answerNext(first, second);
    const page = await openPage({ as: 'tab' });
    const other = await openPage({ conversationId: 'other', as: 'tab' });
    await page.say('letters');
    await first.started;
    await other.say('digits');
    await second.release(2);
    await first.release();
    await page.last('streaming', 'a');
    await other.last('streaming', '1 2');
    await page.stopReply();
    await first.closed;
    await second.releaseAll();
    await second.end();
    await page.last('stopped', 'a');
    await other.last('done', '1 2 3');
    expect(service.requests.map((one) => one.closedByClientAt !== undefined)).toEqual([
      true,
      false,
    ]);
  });
});

describe('a reply', () => {
  it.each([
    ['the free quota that ends', { kind: 'try-limit', text: 'So far' }, 'failed', 'quota'],
    [
      'a connection that breaks',
      { kind: 'cut', text: 'So far', after: 6 },
      'interrupted',
      'connection-lost',
    ],
  ] as const)('keeps its text before %s', async (_, behaviour, state, kind) => {
    service.answerNext(behaviour);
    const page = await openPage();
    await page.say('Hi');
    expect((await page.last(state, 'So far')).error).toMatchObject({ kind });
  });

  it('that never ends is stopped, in words', async () => {
    service.answerNext({ kind: 'endless', text: ' on'.repeat(5000) });
    const page = await openPage();
    await page.say('Never stop');
    expect((await page.last('failed')).error).toEqual({ kind: 'too-large' });
    await service.waitForRequest(({ closedByClientAt }) => closedByClientAt !== undefined);
  }, 20_000);

  it('again is a new version: both stay, and each can be shown', async () => {
    service.answerNext({ kind: 'text', text: 'first' }, { kind: 'text', text: 'second' });
    const page = await openPage();
    await page.say('Hi');
    const first = await page.last('done', 'first');
    await page.regenerateReply(first.id);
    await page.last('done', 'second');
    expect(page.texts()).toEqual(['Hi', 'second']);
    expect(asked().map(({ content }) => content)).toEqual(['Hi', 'Hi']);
    await page.selectVersion(first.id);
    await page.last('done', 'first');
    expect(page.state().conversation?.messages).toHaveLength(3);
  });

  it('is made by the model that was picked, which the next new chat takes over', async () => {
    service.answerNext({ kind: 'image', body: 'no picture' });
    const page = await openPage();
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === 'dalle');
    await page.say('A cat');
    expect((await page.last('failed')).model).toEqual(pictureModel);
    expect(asked()).toEqual([{ type: 'image', content: 'A cat' }]);
    page.startNewChat();
    const { conversation } = await page.until((state) => state.conversation?.messages.length === 0);
    expect(conversation?.model).toEqual(pictureModel);
  });

  it('of a provider that is not in use fails in words, and the prompt stays', async () => {
    const page = await openPage();
    const model = { provider: 'gone', model: 'model-of-old' };
    const prompt = { conversationId: idOf(page), messageId: 'm', text: 'Hi', model };
    await request('sendPrompt', prompt);
    const { error } = await page.last('failed');
    expect(error).toEqual({ kind: 'not-in-use' });
    expect(page.texts()).toEqual(['Hi', '']);
    expect(service.requests).toEqual([]);
  });

  it('is given up after five minutes of silence, and no sooner', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    service.answerNext({ kind: 'silent', headersFirst: true });
    const page = await openPage();
    await page.say('Hello?');
    await service.waitForRequest(({ method }) => method === 'POST');
    vi.advanceTimersByTime(5 * 60_000 - 1000);
    // Long enough for an end to get here, if there were one.
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(page.branch().at(-1)?.state).toBe('streaming');
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    expect((await page.last('failed')).error).toEqual({ kind: 'timeout' });
    await service.waitForRequest(({ closedByClientAt }) => closedByClientAt !== undefined);
  });

  it('keeps the worker alive while it runs, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const signs = vi.spyOn(fakeBrowser.runtime, 'getPlatformInfo');
    const reply = stepped('one');
    service.answerNext(reply);
    const page = await openPage();
    await page.say('Hi');
    await reply.started;
    vi.advanceTimersByTime(60_000);
    expect(signs.mock.calls.length).toBeGreaterThanOrEqual(3);
    await reply.releaseAll();
    await reply.end();
    await page.last('done');
    signs.mockClear();
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(signs).not.toHaveBeenCalled();
  });
});

function addresses(): string[] {
  return extension.rules.map(
    ({ condition }) => new URL(condition.urlFilter?.slice(1) ?? '').origin,
  );
}

describe('the headers of the service', () => {
  it('are set by rules for the address that Settings names, as soon as it changes', async () => {
    const page = await openPage();
    await page.say('Hi');
    await page.last('done');
    const address = `http://127.0.0.1:${service.port}`;
    expect(addresses()).toEqual([address, address]);
    await fakeBrowser.storage.local.set({ providerSettings: {} });
    await vi.waitFor(() =>
      expect(addresses()).toEqual(['https://ai-chats.org', 'https://ai-chats.org']),
    );
  });
});

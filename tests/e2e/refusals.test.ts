/** Messages from anybody but Aside's own pages are refused. */
import { rm } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { writeOtherExtension } from './other-extension.ts';
import { startStory } from './story.ts';

const otherDir = await writeOtherExtension();
afterAll(() => rm(otherDir, { recursive: true }));
const story = startStory({ otherExtensions: [otherDir] });

/** What Aside's own page would send. */
const request = {
  id: 1,
  type: 'sendPrompt',
  timestamp: 0,
  data: {
    conversationId: 'stolen',
    messageId: 'stolen-1',
    text: 'Spend my quota',
    model: { provider: 'ai-chats', model: 'gpt-4' },
  },
};

it('refuses the requests and the port of another extension', async () => {
  const { browser, extensionId } = story.aside;
  const extensions = [...(await browser.extensions()).values()];
  const other = extensions.find(({ id }) => id !== extensionId);
  const page = await story.aside.openTab(`chrome-extension://${other?.id}/page.html`);
  const outcome = await page.evaluate(
    async (id, message) => {
      const answer: unknown = await chrome.runtime
        .sendMessage(id, message)
        .then((got: unknown) => got, String);
      const port = chrome.runtime.connect(id, { name: 'conversation' });
      const messages: unknown[] = [];
      port.onMessage.addListener((got) => messages.push(got));
      const closed = new Promise((resolve) => port.onDisconnect.addListener(resolve));
      port.postMessage({ type: 'watch', conversationId: null });
      await closed;
      return { answer, messages };
    },
    extensionId,
    request,
  );
  expect(outcome).toEqual({
    answer: 'Error: Could not establish connection. Receiving end does not exist.',
    messages: [],
  });
  expect(story.service.requests).toEqual([]);
  await page.close();
});

it('cannot be spoken to by a web page, the service’s own included', async () => {
  const page = await story.aside.openTab('https://ai-chats.org/');
  const answer = await page.evaluate(
    async (id, message) => {
      const { runtime } = chrome as Partial<typeof chrome>;
      if (!runtime) return 'no way to ask';
      return runtime.sendMessage(id, message).then(() => 'answered', String);
    },
    story.aside.extensionId,
    request,
  );
  expect(answer).toMatch(/^no way to ask$|Receiving end does not exist/u);
  expect(story.service.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  await page.close();
});

it('cannot be framed by a web page', async () => {
  const page = await story.aside.openTab('https://ai-chats.org/');
  const { url } = await page.evaluate(async (id) => {
    const frame = document.createElement('iframe');
    frame.src = `chrome-extension://${id}/sidepanel.html`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
    return { url: frame.src };
  }, story.aside.extensionId);
  const framed = page.frames().map((frame) => frame.url());
  expect(framed).not.toContain(url);
  await page.close();
});

/** What the worker refuses, whoever asks. */
import { describe, expect, it, vi } from 'vitest';
import { PORT_NAME } from '@/lib/messages';
import type { Sender } from '../fake-port';
import {
  asRequest,
  extension,
  openPage,
  readLog,
  request,
  service,
  setUpRoundTrip,
} from '../round-trip';
import { chatModel } from '../samples';

setUpRoundTrip();

const ownId = 'test-extension-id';
const strangers: [string, Sender][] = [
  ['a web page', { id: ownId, url: 'https://evil.example/sidepanel.html' }],
  ['another extension', { id: 'another', url: 'chrome-extension://another/sidepanel.html' }],
  ['another extension that names our page', { id: 'another', url: `chrome-extension://${ownId}/` }],
  [
    'a page whose address begins like ours',
    { id: ownId, url: `chrome-extension://${ownId}.evil/` },
  ],
  ['somebody without an address', { id: ownId }],
  ['nobody', {}],
];

function prompt(text: string) {
  return { conversationId: 'c', messageId: 'm', text, model: chatModel };
}

describe('a prompt is refused', () => {
  it.each([
    ['empty', ''],
    ['blank', ' \n\t\u00a0'],
    ['longer than 200,000 characters', 'x'.repeat(200_001)],
    ['of a million characters', 'x'.repeat(1_000_000)],
  ])('that is %s', async (_, text) => {
    await expect(request('sendPrompt', prompt(text))).rejects.toThrow('blank or too long');
    const page = await openPage({ conversationId: 'c' });
    expect(page.texts()).toEqual([]);
    expect(service.requests).toEqual([]);
  });

  it.each(['', '  ', 'x'.repeat(200_001)])('and stays in the prompt box', async (text) => {
    const page = await openPage();
    await page.say(text);
    expect(page.state().draft === text).toBe(true);
    expect(service.requests).toEqual([]);
  });
});

describe.each(strangers)('%s', (_, sender) => {
  it.each(['sendPrompt', 'listConversations', 'readLog', 'clearLog', 'fetchImage'])(
    'is refused the request %s',
    async (name) => {
      const { res, err } = await extension.sendFrom(sender, asRequest(name, prompt('Hi')));
      expect(res).toBeUndefined();
      expect(err?.message).toBe('refused');
      expect(service.requests).toEqual([]);
      expect(await readLog()).toContainEqual(expect.objectContaining({ event: 'request-refused' }));
    },
  );

  it('gets no port', async () => {
    const port = extension.connectFrom(sender, PORT_NAME);
    const heard: unknown[] = [];
    port.onMessage.addListener((message) => heard.push(message));
    port.postMessage({ type: 'watch', conversationId: null });
    await vi.waitFor(() => expect(port.isClosed).toBe(true));
    await openPage();
    expect(heard).toEqual([]);
  });
});

it('a port of another name is refused', async () => {
  const port = extension.connectFrom(extension.ownPage, 'something-else');
  await vi.waitFor(() => expect(port.isClosed).toBe(true));
});

describe('a request about what is not there', () => {
  const nowhere = { conversationId: 'nowhere', messageId: 'nobody' };

  it.each(['regenerateReply', 'fetchImage', 'stopReply'] as const)(
    '%s does nothing',
    async (name) => {
      await request(name, nowhere);
      expect(service.requests).toEqual([]);
      expect(await request('listConversations')).toEqual([]);
    },
  );
});

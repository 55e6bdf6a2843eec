/** What goes to the service: the protocol's body and headers from Aside, and nobody else's changed. */
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { CHAT_PATH, IMAGE_HOST, SITE_HOST, type RecordedRequest } from '../stand-ins/ai-chats.ts';
import { readPicture, pickModel, send, waitForReplyState } from './browser.ts';
import { startNewChat, startStory } from './story.ts';

const story = startStory({ elsewhere: /^http:\/\/127\.0\.0\.1:\d+\// });

const SITE = `https://${SITE_HOST}`;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/u;

/** The prompt of the request's one message, after a look at everything around it. */
function readBody({ body }: RecordedRequest, type: 'chat' | 'image'): unknown {
  const sent: unknown = JSON.parse(body);
  expect(sent).toEqual({
    type,
    messagesHistory: [
      { id: expect.stringMatching(UUID), from: 'you', content: expect.any(String) },
    ],
  });
  return JSON.parse(body).messagesHistory[0].content;
}

function posts(): RecordedRequest[] {
  return story.service.requests.filter(({ method }) => method === 'POST');
}

function expectHeaders({ headers, host, path }: RecordedRequest, referer: string): void {
  expect({ host, path, ...headers }).toMatchObject({
    host: expect.stringContaining(SITE_HOST),
    path: CHAT_PATH,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    origin: SITE,
    referer: SITE + referer,
  });
}

it('sends one message as it stands, with the headers of a chat', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Good day.' });
  await send(panel, '  Hello,\nworld \\n "quoted" 👋🏽  ');
  await waitForReplyState(panel, 'done');
  const request = posts().at(-1);
  if (!request) throw new Error('No request');
  expect(readBody(request, 'chat')).toBe('  Hello,\nworld \\n "quoted" 👋🏽  ');
  expectHeaders(request, '/chat/');
  expect(request.headers.cookie).toBeUndefined();
});

it('sends a conversation as a transcript that ends in “Assistant:”', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext(
    { kind: 'text', text: 'Paris.\nIn France.' },
    { kind: 'text', text: 'Ok' },
  );
  await send(panel, 'Which capital?');
  await waitForReplyState(panel, 'done', { count: 1 });
  await send(panel, 'And its river?');
  await waitForReplyState(panel, 'done', { count: 2 });
  const request = posts().at(-1);
  if (!request) throw new Error('No request');
  expect(readBody(request, 'chat')).toBe(
    'User: Which capital?\nAssistant: Paris.\nIn France.\nUser: And its river?\nAssistant:',
  );
  expectHeaders(request, '/chat/');
});

it('leaves a reply without text out of the transcript', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'empty' }, { kind: 'text', text: 'Ok' });
  await send(panel, 'Say nothing');
  await waitForReplyState(panel, 'failed', { count: 1 });
  await send(panel, 'Now speak');
  await waitForReplyState(panel, 'done', { count: 2 });
  const request = posts().at(-1);
  if (!request) throw new Error('No request');
  expect(readBody(request, 'chat')).toBe('User: Say nothing\nUser: Now speak\nAssistant:');
});

it('asks for a picture with the last message alone, and fetches it without cookies', async () => {
  const panel = await story.freshPanel();
  await story.aside.openTab(`${SITE}/`);
  story.service.answerNext({ kind: 'text', text: 'A chat first.' });
  await send(panel, 'Chat before the picture');
  await waitForReplyState(panel, 'done', { count: 1 });
  await pickModel(panel, 'AI-Chats.org: dalle');
  await send(panel, 'A red boat');
  await waitForReplyState(panel, 'done', { count: 2 });
  await readPicture(panel);
  const request = posts().at(-1);
  if (!request) throw new Error('No request');
  expect(readBody(request, 'image')).toBe('A red boat');
  expectHeaders(request, '/image/');
  const download = story.service.requests.findLast(({ host }) => host === IMAGE_HOST);
  expect(download?.method).toBe('GET');
  expect(download?.headers.cookie).toBeUndefined();
});

it('keeps the Referers of a chat and of a picture apart when both run at the same time', async () => {
  const panel = await story.freshPanel();
  const before = posts().length;
  const gate = Promise.withResolvers<void>();
  const waiting = { kind: 'silent', until: gate.promise } as const;
  story.service.answerNext(waiting, waiting, waiting, waiting);
  const kinds = ['gpt-4', 'dalle', 'dalle', 'gpt-4'];
  for (const [i, model] of kinds.entries()) {
    await startNewChat(panel);
    await pickModel(panel, `AI-Chats.org: ${model}`);
    await send(panel, `At the same time ${i}`);
    await story.service.waitForRequest(({ body }) => body.includes(`At the same time ${i}`));
  }
  gate.resolve();
  const referers = posts()
    .slice(before)
    .map(({ headers }) => headers.referer);
  expect(referers).toEqual(
    kinds.map((model) => `${SITE}${model === 'dalle' ? '/image/' : '/chat/'}`),
  );
  await waitForReplyState(panel, 'done');
});

it("sends the visitor's cookies once the site was visited", async () => {
  const panel = await story.freshPanel();
  const visit = await story.aside.openTab(`${SITE}/`);
  story.service.answerNext({ kind: 'text', text: 'Welcome back.' });
  await send(panel, 'Do you know me?');
  await waitForReplyState(panel, 'done');
  const cookies = posts().at(-1)?.headers.cookie?.split('; ').toSorted();
  expect(cookies).toEqual(['_csrf-front=practice-token', 'ai-chat-front=practice-visitor']);
  await visit.close();
});

it("leaves the person's own visit and the site's own requests as they are", async () => {
  await story.freshPanel();
  const visit = await story.aside.openTab(`${SITE}/?own-visit`);
  story.service.answerNext({ kind: 'text', text: 'To the site itself.' });
  await visit.evaluate(async (path) => {
    const type = { 'content-type': 'application/json' };
    await (await fetch(path, { method: 'POST', headers: type, body: '"of the site"' })).text();
  }, CHAT_PATH);
  const opened = story.service.requests.find(({ path }) => path === '/?own-visit');
  expect(opened?.headers.origin).toBeUndefined();
  expect(opened?.headers.referer).toBeUndefined();
  const own = posts().at(-1);
  expect(own?.body).toBe('"of the site"');
  expect(own?.headers.origin).toBe(SITE);
  expect(own?.headers.referer).toBe(`${SITE}/?own-visit`);
  await visit.close();
});

it('gives no other web page the headers that Aside sends', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<link rel="icon" href="data:,">Stranger');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const stranger = await story.aside.openTab(`${origin}/page`);
  story.service.answerNext({ kind: 'text', text: 'To a stranger.' });
  const outcome = await stranger.evaluate(async (url) => {
    const init = { method: 'POST', body: '"of a stranger"', mode: 'no-cors' } as const;
    await fetch(`${url}#image`, { ...init, credentials: 'include' });
    return fetch(url, { method: 'POST', body: '"read it"' }).then(String, String);
  }, `${SITE}${CHAT_PATH}`);
  const request = posts().find(({ body }) => body === '"of a stranger"');
  expect(request?.headers.origin).toBe(origin);
  expect(request?.headers.referer).toBe(`${origin}/`);
  expect(outcome).toContain('TypeError');
  await stranger.close();
  server.closeAllConnections();
  server.close();
});

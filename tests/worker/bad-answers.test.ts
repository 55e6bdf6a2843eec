/** What servers answer that is none of their protocol, over real connections, as a person sees it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Message } from '@/lib/conversation';
import { png } from '../fixtures/pictures';
import { openPage, otherHosts, request, setUpRoundTrip } from '../round-trip';

setUpRoundTrip();

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const id = 'openai-compatible';
const KEY = 'sk-confidential-0123456789wxyz';

let answer: Answer;
let asked: IncomingMessage[];
let port: number;
const server = createServer((message, response) => {
  asked.push(message);
  answer(response, message);
});

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens to a port has one
  ({ port } = server.address() as AddressInfo);
  otherHosts.add(`127.0.0.1:${port}`).add(`localhost:${port}`);
  await useAddress(`http://127.0.0.1:${port}/v1`);
  await request('activateProvider', { provider: id, isActive: true });
  await request('saveKey', { provider: id, key: KEY });
});
afterEach(async () => {
  otherHosts.clear();
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

function useAddress(address: string): Promise<void> {
  return fakeBrowser.storage.local.set({ providerSettings: { [id]: { address } } });
}

function say(text: string, type: string): Answer {
  return (response) => response.writeHead(200, { 'content-type': type }).end(text);
}

const json = (value: unknown) => say(JSON.stringify(value), 'application/json');
const words = (text: string, finish: string | null = 'stop') =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: finish }] })}\n\n`;

function isOver(message: Message | undefined): boolean {
  return message?.role === 'assistant' && message.state !== 'streaming';
}

/** The last message, after a prompt to the model. */
async function ask(model = 'm') {
  const page = await openPage();
  await page.selectModel({ provider: id, model });
  await page.until(({ conversation }) => conversation?.model.model === model);
  await page.say('Hi');
  await page.until(() => isOver(page.branch().at(-1)));
  return { reply: page.branch().at(-1), text: page.texts().at(-1), page };
}

async function listed() {
  const error = await request('refreshModels', { provider: id });
  const providers = await request('listProviders');
  const found = Array.isArray(providers) ? providers.find((one) => one.id === id) : undefined;
  return { error, models: found?.models.map((model: { id: string }) => model.id) };
}

describe('a chat whose answer', () => {
  it.each<[string, Answer, string]>([
    ['is a web page', say('<!doctype html><p>Welcome', 'text/html'), 'bad-reply'],
    ['is an error, with success', json({ error: { message: 'Invalid API key' } }), 'unauthorized'],
    ['is an error of another form', json({ detail: 'Not authenticated' }), 'unauthorized'],
    ['is an error by a number', json({ code: 7, msg: 'odd', success: false }), 'bad-reply'],
    [
      'is an error that claims to be a stream',
      say('{"error":"Rate limit reached"}', 'text/event-stream'),
      'rate-limited',
    ],
    ['is plain words', say('no such route', 'text/plain'), 'bad-reply'],
    [
      'broke off at its source',
      say(words('', 'error') + 'data: [DONE]\n\n', 'text/event-stream'),
      'empty-reply',
    ],
    [
      'leads elsewhere',
      (response) => response.writeHead(307, { location: 'http://evil.example/' }).end(),
      'redirected',
    ],
  ])('%s is said to be so', async (_, how, kind) => {
    answer = how;
    const { reply } = await ask();
    expect(reply).toMatchObject({ state: 'failed', error: { kind } });
  });

  it('breaks off in compressed bytes keeps what came, and can be continued', async () => {
    const whole = words('It scatters', null).repeat(2000) + words(' light.');
    const packed = gzipSync(whole).subarray(0, -20);
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.end(packed);
    };
    const { reply, text } = await ask();
    expect(reply).toMatchObject({ state: 'interrupted', error: { kind: 'connection-lost' } });
    expect(text).toMatch(/^(?:It scatters)+$/u);
  });

  it('comes with a mark at its start, CR LF, comments, odd deltas and two ends is read', async () => {
    const odd = [{ choices: [] }, { choices: null }, { choices: [{ delta: null }] }];
    const stream = [
      '\uFEFF: hello',
      ...odd.map((value) => `data:${JSON.stringify(value)}`),
      words('Sky — 🙂').trim(),
      'data: [DONE]',
      'data: [DONE]',
    ];
    const bytes = Buffer.from(stream.join('\r\n\r\n') + '\r\n\r\n');
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      // In the middle of a character.
      const middle = bytes.indexOf(Buffer.from('🙂')) + 2;
      response.write(bytes.subarray(0, middle), () => response.end(bytes.subarray(middle)));
    };
    const { reply, text } = await ask('vendor/a:free 🙂');
    expect([reply?.state, text]).toEqual(['done', 'Sky — 🙂']);
  });
});

it('an address that is not there yet is asked for, and nothing is sent', async () => {
  await useAddress('');
  const { reply } = await ask();
  expect(reply?.error).toEqual({ kind: 'no-address' });
  expect(asked).toEqual([]);
});

it.each([301, 302, 303, 307, 308])(
  'a key does not go along with a redirect %i, to another origin or the same',
  async (status) => {
    for (const location of [`http://localhost:${port}/v1/models`, '/elsewhere']) {
      answer = (response) => response.writeHead(status, { location }).end();
      expect((await listed()).error).toMatchObject({ kind: 'redirected' });
    }
    expect(asked.map(({ url }) => url)).toEqual(['/v1/models', '/v1/models']);
  },
);

it('headers over all bounds are no answer', async () => {
  answer = (response) => {
    const { socket } = response;
    socket?.write('HTTP/1.1 200 OK\r\n');
    const more = () => {
      for (let n = 0; n < 50; n += 1) socket?.write(`x-${n}: ${'y'.repeat(1000)}\r\n`);
      if (socket && !socket.destroyed) setImmediate(more);
    };
    more();
  };
  expect((await listed()).error).toMatchObject({ kind: 'offline' });
});

describe('a list of models', () => {
  it('of 10,000 is kept whole, and no longer', async () => {
    const data = Array.from({ length: 12_000 }, (_, n) => ({ id: `vendor-${n % 50}/model-${n}` }));
    answer = json({ data });
    const { error, models } = await listed();
    expect([error, models.length, models.at(-1)]).toEqual([null, 10_000, 'vendor-49/model-9999']);
  });

  it('keeps names with slashes, colons and emoji, and none that would not be read as it is', async () => {
    const good = ['a/b/c', 'llama3.1:70b', 'модель 🙂', '👩‍👩‍👧', '../x?y=1#z', '__proto__'];
    const bad = ['', 'two\nlines', '\u202Egnp.tpg', 'x'.repeat(501), '\uD83D', 7, null];
    answer = json({ data: [...good, ...bad].map((one) => ({ id: one })) });
    expect((await listed()).models).toEqual(good);
  });

  it.each<[string, Answer, string]>([
    ['a web page', say('<html>', 'text/html'), 'bad-reply'],
    ['an error, with success', json({ error: { code: 401 } }), 'unauthorized'],
    ['something else', json({ models: {} }), 'bad-reply'],
    ['over 20 MB', say(`[${' '.repeat(21_000_000)}]`, 'application/json'), 'too-large'],
  ])('that is %s is none', async (_, how, kind) => {
    answer = how;
    expect((await listed()).error).toMatchObject({ kind });
  });
});

it('a picture of 30 MB in base64 is too large', async () => {
  const picture = Buffer.concat([png, Buffer.alloc(30_000_000)]).toString('base64');
  answer = json({ data: [{ id: 'dall-e-3' }] });
  await listed();
  answer = json({ data: [{ b64_json: picture }] });
  expect((await ask('dall-e-3')).reply?.error).toMatchObject({ kind: 'too-large' });
});

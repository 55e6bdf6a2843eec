// @vitest-environment node
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text as readText, buffer as readBytes } from 'node:stream/consumers';
import { inflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CHAT_PATH,
  frame,
  IMAGE_HOST,
  startAiChats,
  stepped,
  type AiChatsOptions,
  type AiChatsStandIn,
} from './ai-chats.ts';

let service: AiChatsStandIn;
const running: AiChatsStandIn[] = [];

async function start(options: AiChatsOptions = { tls: false, gapMs: 0 }): Promise<void> {
  service = await startAiChats(options);
  running.push(service);
}

afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

interface Asked {
  host?: string;
  path?: string;
  prompt?: string;
  type?: 'chat' | 'image';
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function ask(asked: Asked): Promise<IncomingMessage> {
  const { host = 'ai-chats.org', path = CHAT_PATH, prompt, type = 'chat' } = asked;
  const secure = service.certificate !== undefined;
  const send = secure ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = send({
    host: '127.0.0.1',
    port: service.port,
    path,
    method: prompt === undefined ? 'GET' : 'POST',
    headers: { host, ...asked.headers },
    agent: false,
    ...(secure ? { servername: host, ca: service.certificate } : {}),
    ...(asked.signal ? { signal: asked.signal } : {}),
  });
  sent.end(
    prompt === undefined
      ? undefined
      : JSON.stringify({ type, messagesHistory: [{ from: 'you', content: prompt }] }),
  );
  sent.once('response', resolve).once('error', reject);
  return promise;
}

function unframe(body: string): string {
  return body
    .split(/\r?\n/u)
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice(6).replaceAll('\\n', '\n'))
    .join('');
}

describe('frame', () => {
  it('puts one word on a line, with the white space before it', () => {
    expect(frame('Hi there')).toBe('data: Hi\ndata:  there\n');
  });

  it('writes a newline as backslash and n, and ends lines as told', () => {
    expect(frame('a\n\nb', '\r\n')).toBe('data: a\r\ndata: \\n\\nb\r\n');
  });

  it('never makes the end of the quota out of a word', () => {
    expect(frame('a trylimit b')).not.toContain('data:  trylimit\n');
    expect(unframe(frame('a trylimit b'))).toBe('a trylimit b');
  });

  it('gives back any text', () => {
    const text = '  # Да\n\n- 👩‍👩‍👧 two\r\n'.replace('\r', '') + ' end ';
    expect(unframe(frame(text))).toBe(text);
  });
});

describe('chat', () => {
  it('answers in Markdown, in the language of the prompt, and keeps the request', async () => {
    await start();
    const english = await readText(await ask({ prompt: 'Why is the sky blue?' }));
    const transcript = 'User: Раз\nAssistant: Да\nUser: Почему небо синее?\nAssistant:';
    const russian = await readText(await ask({ prompt: transcript }));
    expect(unframe(english)).toMatch(/^## .*Why is the sky blue\?.*practice service.*```js/su);
    expect(unframe(russian)).toMatch(/«Почему небо синее\?».*учебного сервиса/su);
    expect(service.requests[0]).toMatchObject({ host: 'ai-chats.org', path: CHAT_PATH });
    expect(service.requests[0]?.answeredAt).toBeGreaterThanOrEqual(service.requests[0]?.at ?? 0);
  });

  it('sends the same text however it is cut', async () => {
    await start();
    const text = 'Привет, 👋 world!\n\nBye';
    for (const pieces of ['byte', 3, 'whole', 'word'] as const) {
      service.answerNext({ kind: 'text', text, pieces, newline: '\r\n' });
      expect(unframe(await readText(await ask({ prompt: 'x' })))).toBe(text);
    }
  });

  it('asks for the human check until the cookie comes, which its page gives', async () => {
    await start();
    service.answerAlways({ kind: 'human-check' });
    const before = await ask({ prompt: 'x' });
    expect(before.statusCode).toBe(403);
    expect(before.headers['content-type']).toContain('text/html');
    const page = await ask({ path: '/chat/' });
    expect(page.headers['set-cookie']?.join()).toMatch(/ai-chat-front=.*HttpOnly.*_csrf-front=/u);
    const passed = await ask({ path: '/human/', prompt: '' });
    const cookie = (passed.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
    expect(cookie).toContain('human=1');
    expect((await ask({ prompt: 'x', headers: { cookie } })).statusCode).toBe(200);
  });

  it('keeps the text before the end of the quota, and breaks a cut reply', async () => {
    await start();
    service.answerNext({ kind: 'try-limit', text: 'So far' });
    service.answerNext({ kind: 'cut', text: 'one two three', after: 7 });
    expect(await readText(await ask({ prompt: 'x' }))).toMatch(/far\ndata: {2}trylimit\n$/u);
    await expect(readText(await ask({ prompt: 'x' }))).rejects.toThrow('aborted');
    const last = await service.waitForRequest((one) => one === service.requests[1]);
    expect(last.closedByClientAt).toBeUndefined();
  });

  it('records when a client leaves, in an endless reply too', async () => {
    await start();
    service.answerNext({ kind: 'endless' }, { kind: 'silent' });
    const response = await ask({ prompt: 'x' });
    await once(response, 'data');
    response.destroy();
    await service.waitForRequest((one) => one.closedByClientAt !== undefined);
    const stop = new AbortController();
    const silent = ask({ prompt: 'y', signal: stop.signal });
    await service.waitForRequest((one) => one.body.includes('"y"'));
    stop.abort();
    await expect(silent).rejects.toThrow('aborted');
    await service.waitForRequest((one) => one.body.includes('"y"') && !!one.closedByClientAt);
  });

  it('lets a stepped reply out by hand', async () => {
    await start();
    const reply = stepped('one two three');
    service.answerNext(reply);
    const response = await ask({ prompt: 'x' });
    await reply.started;
    const first = once(response, 'data');
    await reply.release();
    expect(String((await first)[0])).toBe('data: one\n');
    const rest = readText(response);
    await reply.releaseAll();
    await reply.end();
    expect(await rest).toBe('data:  two\ndata:  three\n');
    expect(await reply.release()).toBe(false);
  });
});

describe('image', () => {
  it('names a PNG of 1024 by 1024 on another host, over TLS, without CORS', async () => {
    await start({ gapMs: 0 });
    const reply = await readText(await ask({ prompt: 'Кот у моря', type: 'image' }));
    const url = new URL(/"url":"([^"]+)"/u.exec(reply)?.[1] ?? '');
    expect(url.host).toBe(IMAGE_HOST);
    const response = await ask({ host: url.host, path: url.pathname });
    expect(response.headers).toMatchObject({ 'content-type': 'application/octet-stream' });
    expect(Object.keys(response.headers).join()).not.toContain('access-control');
    const png = await readBytes(response);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.toString('latin1', 12, 16)).toBe('IHDR');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
    const length = png.readUInt32BE(33);
    expect(png.toString('latin1', 37, 41)).toBe('IDAT');
    expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength((1024 * 3 + 1) * 1024);
  });

  it('forgets pictures and answers nonsense when told', async () => {
    await start();
    service.answerNext({ kind: 'image-url', url: 'https://elsewhere.example/a.png' });
    service.pictureNext({ kind: 'gone' }, { kind: 'html' });
    const reply = await readText(await ask({ prompt: 'x', type: 'image' }));
    expect(JSON.parse(reply)).toEqual({ data: [{ url: 'https://elsewhere.example/a.png' }] });
    const picture = { host: IMAGE_HOST, path: '/pictures/x.png' };
    expect((await ask(picture)).statusCode).toBe(404);
    expect((await ask(picture)).headers['content-type']).toContain('text/html');
  });
});

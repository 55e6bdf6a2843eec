/** What else comes of a model that talks: pictures in its stream, and word of how far it is. */
import { APICallError } from '@ai-sdk/provider';
import { describe, expect, it, vi } from 'vitest';
import { textOf } from '@/lib/message-text';
import { png } from '../fixtures/pictures';
import { readLog, request, setUpRoundTrip, type Page } from '../round-trip';
import {
  ask,
  contexts,
  end,
  openThinker,
  prompts,
  say,
  send,
  setUpThinker,
  shownParts,
  streams,
  think,
} from '../thinker';

setUpRoundTrip();
setUpThinker();

const draw = {
  type: 'file',
  mediaType: 'image/png',
  data: { type: 'data', data: Buffer.from(png).toString('base64') },
} as const;

describe('a picture among the words', () => {
  const drawn = { type: 'image', prompt: 'Draw', image: { mediaType: 'image/png', width: 1 } };

  it('stands where it came, ends the reasoning, and is stored with the others', async () => {
    const page = await openThinker();
    await ask(page, 'Draw');
    send(think('A cat'), draw, say('Here it is.'));
    end();
    await page.last('done', 'Here it is.');
    expect(shownParts(page)).toMatchObject([
      { thought: 'A cat', isEnded: true },
      drawn,
      { type: 'text', text: 'Here it is.' },
    ]);
    expect(await request('listImages')).toHaveLength(1);
  });

  it('that comes when a reply goes on keeps its place behind the words before it', async () => {
    const page = await openThinker();
    await ask(page, 'Draw');
    send(say('one two'));
    await page.last('streaming', 'one two');
    await page.stopReply();
    const { id: replyId } = await page.last('stopped');
    const going = page.continueReply(replyId);
    await vi.waitFor(() => expect(streams).toHaveLength(2));
    send(say('one two three'), draw, say('four'));
    end();
    await going;
    await page.last('done', 'one two three\n\nfour');
    expect(shownParts(page)).toMatchObject([
      { type: 'text', text: 'one two three' },
      drawn,
      { type: 'text', text: 'four' },
    ]);
  });

  it('goes to the model again with the next prompt, if it sees pictures', async () => {
    const page = await openThinker('eye');
    await ask(page, 'Draw');
    send(draw);
    end();
    await page.last('done');
    await ask(page, 'Is it grey?');
    expect(prompts[1]?.at(-1)?.content).toContainEqual({
      type: 'file',
      mediaType: 'image/png',
      data: { type: 'data', data: png },
    });
  });

  it('that is none ends the reply in words, and what was said stays', async () => {
    const page = await openThinker();
    await ask(page, 'Draw');
    send(say('Here:'), { ...draw, data: { type: 'data', data: 'no base64!' } });
    expect((await page.last('failed', 'Here:')).error).toMatchObject({ kind: 'bad-image' });
  });
});

/** The reply under way fails as a service's answer with this status. */
function fail(statusCode: number, responseBody = 'image input is not supported'): void {
  const about = { message: 'no', url: 'https://service.example', requestBodyValues: undefined };
  streams.at(-1)?.error(new APICallError({ ...about, statusCode, responseBody }));
}

/** A model that sees was asked about a picture, and fails. */
async function failWithPicture(statusCode: number, body?: string): Promise<Page> {
  const page = await openThinker('eye');
  await ask(page, 'Draw');
  send(draw);
  end();
  await page.last('done');
  await ask(page, 'Is it grey?');
  fail(statusCode, body);
  return page;
}

describe('a service that does not take the pictures', () => {
  it.each([400, 413, 500])(
    '(%i) is asked once more without them, and that is told',
    async (code) => {
      const page = await failWithPicture(code);
      await vi.waitFor(() => expect(streams).toHaveLength(3));
      expect(prompts[1]?.at(-1)?.content).toHaveLength(3);
      expect(prompts[2]).toEqual([
        { role: 'user', content: [{ type: 'text', text: 'Draw' }] },
        { role: 'assistant', content: [{ type: 'text', text: '[a picture]' }] },
        { role: 'user', content: [{ type: 'text', text: 'Is it grey?' }] },
      ]);
      send(say('Maybe.'));
      end();
      expect(await page.last('done', 'Maybe.')).toMatchObject({ isWithoutImages: true });
      expect((await readLog()).map(({ event }) => event)).toContain('picture-not-sent');
    },
  );

  it('but has another fault is asked again with them', async () => {
    // The Node that tests run in does not say whether it has a network.
    vi.stubGlobal('navigator', { onLine: true });
    const page = await failWithPicture(500, 'oops');
    await vi.waitFor(() => expect(streams).toHaveLength(3), { timeout: 5000 });
    expect(prompts[2]).toEqual(prompts[1]);
    send(say('A grey one.'));
    end();
    expect(await page.last('done', 'A grey one.')).not.toHaveProperty('isWithoutImages');
  });

  it('and nothing else ends the reply in words', async () => {
    const page = await failWithPicture(400);
    await vi.waitFor(() => expect(streams).toHaveLength(3));
    fail(400);
    const { error, isWithoutImages } = await page.last('failed');
    expect([error?.kind, isWithoutImages]).toEqual(['refused', undefined]);
    expect(streams).toHaveLength(3);
  });

  it.each([
    ['for another reason', 401, 'unauthorized'],
    ['for the page that was asked for', 404, 'not-found'],
  ])('%s is not asked again', async (_, status, kind) => {
    const page = await failWithPicture(status);
    expect((await page.last('failed')).error?.kind).toBe(kind);
    expect(streams).toHaveLength(2);
  });

  it('is not asked again once words have come', async () => {
    const page = await openThinker('eye');
    await ask(page, 'Draw');
    send(draw);
    end();
    await page.last('done');
    await ask(page, 'Is it grey?');
    send(say('It'));
    await page.last('streaming', 'It');
    fail(400);
    await page.last('failed', 'It');
    expect(streams).toHaveLength(2);
  });
});

it('a prompt without pictures that is refused is not asked again', async () => {
  const page = await openThinker('eye');
  await ask(page, 'Hi');
  fail(400);
  await page.last('failed');
  expect(streams).toHaveLength(1);
});

it('a model that says how far it is before its first word is waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const page = await openThinker();
  await ask(page, 'Hi');
  vi.advanceTimersByTime(4 * 60_000);
  contexts.at(-1)?.onProgress?.(0.5);
  vi.advanceTimersByTime(4 * 60_000);
  vi.useRealTimers();
  await page.until(({ progress }) => progress?.fraction === 0.5);
  send(say('Hello'));
  end();
  expect(textOf(await page.last('done'))).toBe('Hello');
});

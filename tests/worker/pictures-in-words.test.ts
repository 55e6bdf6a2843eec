/** What else comes of a model that talks: pictures in its stream, and word of how far it is. */
import { describe, expect, it, vi } from 'vitest';
import { textOf } from '@/lib/message-text';
import { png } from '../fixtures/pictures';
import { request, setUpRoundTrip } from '../round-trip';
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

describe('a picture among the words', () => {
  const draw = {
    type: 'file',
    mediaType: 'image/png',
    data: { type: 'data', data: Buffer.from(png).toString('base64') },
  } as const;
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

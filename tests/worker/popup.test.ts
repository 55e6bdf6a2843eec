/** The popup's quick prompt. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPage, service, setUpRoundTrip } from '../round-trip';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

const start = Date.parse('2026-11-01T12:00:00Z');
const HOUR = 60 * 60_000;

describe('a quick prompt', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: start });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is answered in the popup', async () => {
    service.answerNext({ kind: 'text', text: 'Quickly.' });
    const popup = await openPage({ as: 'popup' });
    await popup.say('How fast?');
    await popup.last('done', 'Quickly.');
    expect(popup.texts()).toEqual(['How fast?', 'Quickly.']);
  });

  it.each([
    ['found again within a day', 24 * HOUR - 1, ['How fast?', 'Quickly.']],
    ['not found again after a day', 24 * HOUR, []],
    ['not found again after a week', 7 * 24 * HOUR, []],
  ])('is %s', async (_, later, texts) => {
    service.answerNext({ kind: 'text', text: 'Quickly.' });
    const popup = await openPage({ as: 'popup' });
    await popup.say('How fast?');
    await popup.last('done');
    popup.close();
    vi.setSystemTime(start + later);
    const again = await openPage({ as: 'popup' });
    expect(again.texts()).toEqual(texts);
  });

  it('goes on while the popup is closed', async () => {
    const reply = stepped('one two three');
    service.answerNext(reply);
    const popup = await openPage({ as: 'popup' });
    await popup.say('Count');
    await reply.release();
    await popup.last('streaming', 'one');
    popup.close();
    await reply.releaseAll();
    await reply.end();
    const again = await openPage({ as: 'popup' });
    await again.last('done', 'one two three');
    expect(again.texts()).toEqual(['Count', 'one two three']);
  });

  it('is a conversation of its own each time', async () => {
    service.answerNext({ kind: 'text', text: 'first' }, { kind: 'text', text: 'second' });
    const popup = await openPage({ as: 'popup' });
    await popup.say('One?');
    await popup.last('done', 'first');
    await popup.say('Two?');
    await popup.last('done', 'second');
    expect(popup.texts()).toEqual(['Two?', 'second']);
  });

  it('that is blank asks nobody and is not found again', async () => {
    const popup = await openPage({ as: 'popup' });
    await popup.say('   ');
    popup.close();
    const again = await openPage({ as: 'popup' });
    expect(again.texts()).toEqual([]);
    expect(service.requests).toEqual([]);
  });
});

describe('what is typed and not sent', () => {
  it('is there again when the page opens, each kind of page its own', async () => {
    const popup = await openPage({ as: 'popup' });
    popup.setDraft('half a thought');
    popup.close();
    expect((await openPage({ as: 'popup' })).state().draft).toBe('half a thought');
    expect((await openPage()).state().draft).toBe('');
  });

  it('is each window its own', async () => {
    const page = await openPage({ windowId: 1 });
    page.setDraft('a long letter');
    (await openPage({ windowId: 2 })).setDraft('x');
    expect((await openPage({ windowId: 1 })).state().draft).toBe('a long letter');
  });

  it('is nowhere on disk', async () => {
    const { fakeBrowser } = await import('wxt/testing/fake-browser');
    const page = await openPage();
    page.setDraft('Xylophone');
    await openPage();
    expect(JSON.stringify(await fakeBrowser.storage.local.get())).not.toContain('Xylophone');
  });
});

/** Titles from the model, where the person turned that on. */
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openPage, readLog, request, service, setUpRoundTrip } from '../round-trip';

setUpRoundTrip();

const asked = () => service.requests.filter(({ method }) => method === 'POST');

/** A page whose first prompt is answered; the next answer would be the title. */
async function talk(title: string) {
  service.answerNext({ kind: 'text', text: 'It scatters.' }, { kind: 'text', text: title });
  const page = await openPage();
  await page.say('Why is the sky blue?');
  await page.last('done', 'It scatters.');
  return page;
}

describe('a title', () => {
  it('is the first prompt, and the model is not asked, unless that was turned on', async () => {
    const page = await talk('Blue sky');
    expect(page.state().conversation?.title).toBe('Why is the sky blue?');
    await readLog();
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ['Blue sky', 'Blue sky'],
    ['\n"Blue sky."\nand more', 'Blue sky'],
    ['## **Blue sky**', 'Blue sky'],
    ['«Синее небо»', 'Синее небо'],
  ])('comes from the model after the first reply: %j', async (answer, title) => {
    await fakeBrowser.storage.local.set({ modelTitles: true });
    const page = await talk(answer);
    await page.until(({ conversation }) => conversation?.titleBy === 'model');
    expect(page.state().conversation?.title).toBe(title);
    expect(asked()[1]?.body).toContain('Why is the sky blue?');
  });

  it('that the person gave is never replaced', async () => {
    await fakeBrowser.storage.local.set({ modelTitles: true });
    service.answerNext({ kind: 'text', text: 'It scatters.' });
    const page = await openPage();
    const conversationId = page.state().conversation?.id ?? '';
    await request('renameConversation', { conversationId, title: ' Mine ' });
    await page.say('Why is the sky blue?');
    await page.last('done', 'It scatters.');
    await readLog();
    expect(page.state().conversation?.title).toBe('Mine');
    expect(asked()).toHaveLength(1);
  });

  it('that the model could not give leaves the prompt, and a word in the log', async () => {
    await fakeBrowser.storage.local.set({ modelTitles: true });
    service.answerNext({ kind: 'text', text: 'It scatters.' }, { kind: 'status', status: 500 });
    const page = await openPage();
    await page.say('Why is the sky blue?');
    await page.last('done', 'It scatters.');
    await vi.waitFor(async () =>
      expect(await readLog()).toContainEqual(expect.objectContaining({ event: 'title-failed' })),
    );
    expect(page.state().conversation?.title).toBe('Why is the sky blue?');
  });
});

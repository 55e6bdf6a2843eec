/** Temporary chats are never written down, and gone when closed. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { png } from '../fixtures/pictures';
import { killWorker, openPage, request, service, setUpRoundTrip, worker } from '../round-trip';
import { conversationOf, pictureModel, prompt, reply } from '../samples';

setUpRoundTrip();

afterEach(() => {
  vi.useRealTimers();
});

async function startTemporary() {
  const page = await openPage();
  page.startNewChat({ isTemporary: true });
  return { page, conversationId: page.state().conversation?.id ?? '' };
}

async function storedRows(): Promise<number> {
  const counts = await Promise.all(worker.database.tables.map((table) => table.count()));
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('a temporary chat', () => {
  it('is answered, with its history, and leaves no row in the database and no line in the list', async () => {
    const { page } = await startTemporary();
    service.answerNext({ kind: 'text', text: 'first' }, { kind: 'text', text: 'second' });
    await page.say('One?');
    await page.last('done', 'first');
    await page.say('Two?');
    await page.last('done', 'second');
    expect(service.requests.at(-1)?.body).toContain('One?');
    expect(await request('listConversations')).toEqual([]);
    expect(await storedRows()).toBe(0);
    const local = JSON.stringify(await fakeBrowser.storage.local.get());
    expect(local).not.toMatch(/One\?|first/u);
  });

  it('is not written again for a list of what is on disk', async () => {
    const { page } = await startTemporary();
    service.answerNext({ kind: 'text', text: 'first' });
    await page.say('One?');
    await page.last('done', 'first');
    await vi.waitFor(async () =>
      expect(JSON.stringify(await fakeBrowser.storage.session.get())).toContain('"done"'),
    );
    const writes = vi.spyOn(fakeBrowser.storage.session, 'set');
    await request('listImages');
    expect(writes).not.toHaveBeenCalled();
    writes.mockRestore();
  });

  it('keeps its picture out of the database, too', async () => {
    service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: png });
    const { page } = await startTemporary();
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === 'dalle');
    await page.say('A cat');
    const [part] = (await page.last('done')).parts;
    const imageId = part?.type === 'image' ? (part.image?.id ?? '') : '';
    page.loadImage(imageId);
    await page.until(({ images }) => images[imageId] !== undefined);
    expect(page.state().images[imageId]).toContain('data:image/png');
    expect(await storedRows()).toBe(0);
  });

  it('outlives a worker that was ended for idling', async () => {
    const { page } = await startTemporary();
    service.answerNext({ kind: 'text', text: 'first' });
    await page.say('One?');
    await page.last('done', 'first');
    await vi.waitFor(async () =>
      expect(JSON.stringify(await fakeBrowser.storage.session.get())).toContain('"done"'),
    );
    killWorker();
    await page.until(({ isConnected }) => !isConnected);
    await page.until(({ isConnected }) => isConnected);
    expect(page.texts()).toEqual(['One?', 'first']);
    expect(await storedRows()).toBe(0);
  });

  it('stays while its page is open, also one that lost its connection and is hidden', async () => {
    const { page, conversationId } = await startTemporary();
    service.answerNext({ kind: 'text', text: 'first' });
    await page.say('One?');
    await page.last('done', 'first');
    vi.stubGlobal('document', { visibilityState: 'hidden', addEventListener: () => undefined });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    page.loseConnection();
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(await fakeBrowser.storage.session.get()).toHaveProperty([`temporary:${conversationId}`]);
    page.close();
  });

  it('whose worker was ended in mid-reply is cut off, and goes on', async () => {
    const left = conversationOf([prompt('p'), reply('r', 'p', { state: 'streaming' })], {
      id: 'temporary-t',
    });
    await fakeBrowser.storage.session.set({ 'temporary:temporary-t': left });
    const page = await openPage({ conversationId: 'temporary-t' });
    await page.last('interrupted', 'reply r');
    service.answerNext({ kind: 'text', text: 'second' });
    await page.say('Two?');
    await page.last('done', 'second');
    expect(page.texts()).toEqual(['prompt p', 'reply r', 'Two?', 'second']);
  });

  it('is gone a moment after its last page was closed', async () => {
    const { page, conversationId } = await startTemporary();
    service.answerNext({ kind: 'text', text: 'first' });
    await page.say('One?');
    await page.last('done', 'first');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    page.close();
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    await vi.waitFor(async () =>
      expect(await fakeBrowser.storage.session.get()).not.toHaveProperty([
        `temporary:${conversationId}`,
      ]),
    );
    const late = await openPage({ conversationId });
    expect(late.texts()).toEqual([]);
  });
});

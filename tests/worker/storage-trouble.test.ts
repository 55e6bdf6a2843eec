/** What is said when nothing can be written down. */
import { describe, expect, it, vi } from 'vitest';
import { openPage, service, setUpRoundTrip, worker } from '../round-trip';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

/** An error as Dexie throws it: the browser's own stands inside. */
function failure(name: string, inner?: Error): Error {
  return Object.assign(new Error(name), { name, ...(inner && { inner }) });
}

describe('a database that takes nothing', () => {
  it.each([
    ['full', failure('AbortError', failure('QuotaExceededError'))],
    ['full', failure('QuotaExceededError')],
    ['blocked', failure('VersionChangeError')],
    ['broken', failure('UnknownError')],
  ])('is told to the page as %s, and the reply goes on', async (trouble, error) => {
    const reply = stepped('one two');
    service.answerNext(reply);
    const page = await openPage();
    const writes = vi.spyOn(worker.database.parts, 'bulkPut').mockRejectedValue(error);
    await page.say('Count');
    await page.until(({ storageTrouble }) => storageTrouble !== null);
    expect(page.state().storageTrouble).toBe(trouble);
    await reply.releaseAll();
    await reply.end();
    await page.last('done', 'one two');
    writes.mockRestore();
  });

  it('is told to pages that come later, and that it works again', async () => {
    service.answerNext({ kind: 'text', text: 'one' }, { kind: 'text', text: 'two' });
    const page = await openPage();
    const writes = vi
      .spyOn(worker.database.parts, 'bulkPut')
      .mockRejectedValue(failure('QuotaExceededError'));
    await page.say('Hi');
    await page.last('done', 'one');
    const late = await openPage({ windowId: 2 });
    await late.until(({ storageTrouble }) => storageTrouble !== null);
    expect(late.state().storageTrouble).toBe('full');
    writes.mockRestore();
    await page.say('Hi again');
    await late.until(({ storageTrouble }) => storageTrouble === null);
  });
});

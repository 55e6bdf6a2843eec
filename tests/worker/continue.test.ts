/** Going on with a reply that broke off. */
import { describe, expect, it, vi } from 'vitest';
import { killWorker, openPage, service, setUpRoundTrip, storedMessages } from '../round-trip';
import { pictureModel } from '../samples';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

describe('Continue', () => {
  it('joins what comes to the text of a connection that was lost', async () => {
    service.answerNext(
      { kind: 'cut', text: 'one two three four', after: 12 },
      { kind: 'text', text: 'two three four five' },
    );
    const page = await openPage();
    await page.say('Count');
    const { id } = await page.last('interrupted');
    await page.continueReply(id);
    const whole = 'one two three four five';
    expect(await page.last('done', whole)).not.toHaveProperty('error');
    expect(page.texts()).toEqual(['Count', whole]);
    await vi.waitFor(async () =>
      expect(await storedMessages(page.state().conversation?.id ?? '')).toEqual([
        { role: 'user', state: 'done', text: 'Count' },
        { role: 'assistant', state: 'done', text: whole },
      ]),
    );
    expect(service.requests.at(-1)?.body).toContain('one two');
  });

  it('goes on after the worker was killed', async () => {
    const reply = stepped('one two three');
    service.answerNext(reply, { kind: 'text', text: 'two three' });
    const page = await openPage();
    await page.say('Count');
    await reply.release(2);
    await page.last('streaming', 'one two');
    await vi.waitFor(async () => {
      const stored = await storedMessages(page.state().conversation?.id ?? '');
      expect(stored.at(-1)?.text).toBe('one two');
    });
    killWorker();
    const { id } = await page.last('interrupted', 'one two');
    await page.continueReply(id);
    await page.last('done', 'one two three');
  });

  it('keeps what was held back when it is stopped', async () => {
    const rest = stepped('two three');
    service.answerNext({ kind: 'cut', text: 'one two', after: 7 }, rest);
    const page = await openPage();
    await page.say('Count');
    const { id } = await page.last('interrupted', 'one two');
    await page.continueReply(id);
    await rest.releaseAll();
    await page.until(() => page.branch().at(-1)?.state === 'streaming');
    await vi.waitFor(() => expect(rest.started).resolves.toBeUndefined());
    await rest.end();
    await page.last('done', 'one two three');
  });

  it('does nothing for a picture, which has no text to go on with', async () => {
    service.answerNext({ kind: 'silent' });
    const page = await openPage();
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === 'dalle');
    await page.say('A cat');
    await service.waitForRequest(({ method }) => method === 'POST');
    killWorker();
    const { id } = await page.last('interrupted');
    await page.continueReply(id);
    expect(page.branch().at(-1)?.state).toBe('interrupted');
  });
});

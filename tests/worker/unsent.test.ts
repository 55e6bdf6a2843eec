/** Prompts that do not arrive, or of which nobody says that they did. */
import { describe, expect, it } from 'vitest';
import { extension, openPage, service, setUpRoundTrip } from '../round-trip';

setUpRoundTrip();

describe('a prompt', () => {
  it('that does not reach the worker comes back to be sent again', async () => {
    const page = await openPage();
    extension.onMessage.removeAllListeners();
    await page.say('Do not lose me');
    expect(page.state()).toMatchObject({ draft: 'Do not lose me', isSendFailed: true });
    page.setDraft('Do not lose me!');
    expect(page.state().isSendFailed).toBe(false);
  });

  it('that arrived although nobody said so is there once when it is sent again', async () => {
    service.answerAlways({ kind: 'text', text: 'Hello' });
    const page = await openPage();
    extension.losesAnswers = true;
    await page.say('Once');
    await page.last('done', 'Hello');
    expect(page.state()).toMatchObject({ draft: 'Once', isSendFailed: true });
    extension.losesAnswers = false;
    await page.sendPrompt();
    expect(page.state().draft).toBe('');
    expect(page.texts()).toEqual(['Once', 'Hello']);
    await page.say('Once');
    await page.until(() => page.branch().length === 4);
    expect(page.texts().slice(0, 3)).toEqual(['Once', 'Hello', 'Once']);
  });

  it('that is sent in the moment after New chat goes into the new conversation', async () => {
    service.answerAlways({ kind: 'text', text: 'Hello' });
    const page = await openPage();
    await page.say('Old');
    await page.last('done', 'Hello');
    page.startNewChat();
    await page.say('New');
    await page.until(({ conversation }) => conversation?.title === 'New');
    await page.last('done', 'Hello');
    expect(page.texts()).toEqual(['New', 'Hello']);
  });
});

/** The browser's own model, which has to be downloaded before the first reply. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { activeProviders } from '@/lib/settings';
import { downloadedBuiltIn } from '../fake-built-in';
import { openPage, setUpRoundTrip } from '../round-trip';

setUpRoundTrip();

let browserModel: ReturnType<typeof downloadedBuiltIn>;

beforeEach(() => {
  browserModel = downloadedBuiltIn('Blue.');
  vi.stubGlobal(
    'LanguageModel',
    Object.assign(() => undefined, browserModel.model),
  );
});

async function askFirst() {
  await activeProviders.setValue(['ai-chats', 'built-in']);
  const page = await openPage();
  await page.selectModel({ provider: 'built-in', model: 'on-device' });
  await page.until(({ conversation }) => conversation?.model.model === 'on-device');
  await page.say('Which colour?');
  const { id } = await page.last('streaming');
  // Until the worker listens, nobody is told.
  await vi.waitFor(() => {
    browserModel.tell(0.42);
    expect(page.state().progress).toMatchObject({ messageId: id, fraction: 0.42 });
  });
  return page;
}

describe('a first prompt, while the model is downloaded', () => {
  it('is told how far that is, and answered afterwards', async () => {
    const page = await askFirst();
    browserModel.tell(0.9);
    await page.until(({ progress }) => progress?.fraction === 0.9);
    browserModel.finish();
    await page.last('done', 'Blue.');
    expect(page.state().progress).toBeNull();
    expect(browserModel.prompts).toEqual(['Which colour?']);
  });

  it('can be stopped', async () => {
    const page = await askFirst();
    await page.stopReply();
    await page.last('stopped');
    expect(page.state().progress).toBeNull();
    expect(browserModel.created).toEqual([]);
  });
});

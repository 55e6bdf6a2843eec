import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openSettings, providerSection } from '@/lib/panel/open-settings';
import { installExtension } from '../../fake-extension';

const page = fakeBrowser.runtime.getURL('/options.html');

beforeEach(() => {
  installExtension();
});

it('opens a tab at the section where Settings are not open', async () => {
  await openSettings(providerSection('groq'));
  const tabs = await fakeBrowser.tabs.query({ url: `${page}#provider-groq` });
  expect(tabs).toHaveLength(1);
});

it('leads the tab to the section in which Settings are open, and shows its window', async () => {
  const focus = vi.spyOn(fakeBrowser.windows, 'update');
  const { id, windowId } = await fakeBrowser.tabs.create({ url: page, active: false });
  const before = await fakeBrowser.tabs.query({});
  await openSettings('section-add');
  expect(await fakeBrowser.tabs.query({})).toHaveLength(before.length);
  expect(await fakeBrowser.tabs.get(id ?? 0)).toMatchObject({
    url: `${page}#section-add`,
    active: true,
  });
  expect(focus).toHaveBeenCalledExactlyOnceWith(windowId, { focused: true });
});

/** The way to a section of Settings. */
import { browser } from 'wxt/browser';

/** Where one adds a provider. */
export const ADD_SECTION = 'section-add';

/** The section of a provider; of one that is not in use, Settings show where it is added. */
export function providerSection(providerId: string): string {
  return `provider-${providerId}`;
}

/** Shows Settings at the section: in the tab where they are open already, else in a new one. */
export async function openSettings(section: string): Promise<void> {
  const page = browser.runtime.getURL('/options.html');
  const url = `${page}#${section}`;
  const [open] = await browser.tabs.query({ url: page });
  if (open?.id === undefined) {
    await browser.tabs.create({ url });
    return;
  }
  await browser.tabs.update(open.id, { active: true, url });
  await browser.windows.update(open.windowId, { focused: true });
}

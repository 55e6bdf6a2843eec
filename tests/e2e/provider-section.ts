/** A provider's section in Settings, by its accessible names. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { byRole, clickButton, fill } from './locators.ts';

export class ProviderSection {
  readonly #page: Page;
  readonly #element: ElementHandle;

  constructor(page: Page, element: ElementHandle) {
    this.#page = page;
    this.#element = element;
  }

  /** Types into a field and presses Enter. */
  async fill(label: string, text: string): Promise<void> {
    await fill(this.#page, await this.#find('textbox', label), text);
    await this.#page.keyboard.press('Enter');
  }

  async click(name: string): Promise<void> {
    await (await this.#find('button', name)).click();
  }

  /** Waits until it says so. */
  async says(text: string): Promise<void> {
    await this.#page.waitForFunction(
      (element, wanted) => element.textContent?.includes(wanted),
      { polling: 25, timeout: 30_000 },
      this.#element,
      text,
    );
  }

  async #find(role: string, name: string): Promise<ElementHandle> {
    const found = await this.#element.waitForSelector(
      `::-p-aria([name="${name}"][role="${role}"])`,
    );
    if (!found) throw new Error(`No ${role} "${name}"`);
    return found;
  }
}

/** Takes a provider into use, by its whole name. */
export async function chooseProvider(settings: Page, name: string): Promise<ProviderSection> {
  await clickButton(settings, 'Choose a provider');
  await fill(settings, await byRole(settings, 'searchbox', 'Search providers'), name);
  await settings.keyboard.press('Enter');
  return providerSection(settings, name);
}

/** The section of a provider that is in use. */
export async function providerSection(settings: Page, name: string): Promise<ProviderSection> {
  return new ProviderSection(settings, await byRole(settings, 'region', name));
}

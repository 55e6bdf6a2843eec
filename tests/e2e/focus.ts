/** Where the keyboard is in a page, and what of it it reaches. */
import type { Page } from 'puppeteer-core';

const CONTROLS = 'button:enabled, input:enabled, textarea:enabled, a[href], [tabindex="0"]';

/** The names of the first control and of everything that Tab leads to from there. */
export async function tabThrough(page: Page): Promise<string[]> {
  await page.evaluate((controls) => {
    for (const one of document.querySelectorAll('[data-reached]')) {
      one.removeAttribute('data-reached');
    }
    document.querySelector<HTMLElement>(controls)?.focus();
  }, CONTROLS);
  const names: string[] = [];
  for (;;) {
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body || at.hasAttribute('data-reached')) return null;
      at.setAttribute('data-reached', '');
      return at.getAttribute('aria-label') ?? at.textContent?.trim() ?? at.tagName;
    });
    if (name === null) return names;
    names.push(name);
    await page.keyboard.press('Tab');
  }
}

/** The name of what has the focus; empty when nothing has. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return '';
    return at.getAttribute('aria-label') ?? at.textContent?.trim() ?? at.tagName;
  });
}

/** What can be used but was not reached. */
export function findUnreached(page: Page): Promise<string[]> {
  return page.$$eval(CONTROLS, (elements) =>
    elements
      .filter((element) => element.checkVisibility() && !element.hasAttribute('data-reached'))
      .map((element) => element.outerHTML),
  );
}

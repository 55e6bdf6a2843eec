/** What axe finds in a page. */
import Axe from 'axe-core';
import type { Page } from 'puppeteer-core';

declare global {
  /** In the page, once its source was evaluated there. */
  var axe: typeof Axe;
}

/** What axe takes for serious or critical, with the elements it means. */
export async function findFaults(page: Page, within = 'html'): Promise<string[]> {
  await page.evaluate(Axe.source);
  return page.evaluate(async (selector) => {
    const { violations } = await globalThis.axe.run(selector, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, within);
}

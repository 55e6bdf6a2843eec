/** A page of the extension that notes whatever its policy had to stop, and whatever it asked for. */
import type { Page } from 'puppeteer-core';
import type { Story } from './story.ts';

/** The page, and what it tried: breaches of the policy, and requests that leave the extension. */
export async function openWatched(
  story: Story,
  query: string,
): Promise<{ page: Page; attempts: () => Promise<string[]> }> {
  const page = await story.aside.openTab('about:blank');
  const requests: string[] = [];
  page.on('request', (request) => {
    if (!/^(?:chrome-extension|data|blob|about):/u.test(request.url()))
      requests.push(request.url());
  });
  page.on('dialog', (dialog) => {
    requests.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.evaluateOnNewDocument(() => {
    const breaches: string[] = [];
    Object.assign(window, { breaches });
    document.addEventListener('securitypolicyviolation', (event) =>
      breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  await page.goto(`chrome-extension://${story.aside.extensionId}/sidepanel.html${query}`);
  return {
    page,
    attempts: async () => {
      const breaches = await page.evaluate(
        () => (window as Window & { breaches?: string[] }).breaches ?? ['nothing was noted'],
      );
      return [...breaches, ...requests];
    },
  };
}

/** Tells what a page shows, at the moment it shows it. */
import type { Page } from 'puppeteer-core';

/** A message as it has come to be shown. */
export interface ShownMessage {
  id: string;
  role: string;
  state: string;
  /** Without white space, which layout changes. */
  text: string;
}

/** A change of what a page shows. */
export interface Sight {
  /** Milliseconds since the epoch. */
  at: number;
  /** All messages that stand in the page, in order. */
  ids: string[];
  /** Those that are new or changed. */
  changed: ShownMessage[];
}

const BINDING = 'tellSight';

/** Reports every change of the page's messages, also after it was reloaded. */
export async function observe(page: Page, report: (sight: Sight) => void): Promise<void> {
  const session = await page.createCDPSession();
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === BINDING) report(JSON.parse(payload));
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: BINDING });
  const source = `(${watchMessages.toString()})(globalThis.${BINDING})`;
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source });
  await page.evaluate(source);
}

/** Runs in the page: nothing from outside of it may be used. */
function watchMessages(tell: (sight: string) => void): void {
  const told = new Map<string, string>();
  let toldIds = '';
  const look = () => {
    const shown = [...document.querySelectorAll<HTMLElement>('article[data-message-id]')].map(
      (article) => ({
        id: article.dataset['messageId'] ?? '',
        role: article.dataset['messageRole'] ?? '',
        state: article.dataset['messageState'] ?? '',
        text:
          article.querySelector('[data-message-text]')?.textContent?.replaceAll(/\s/gu, '') ?? '',
      }),
    );
    const changed = shown.filter(({ id, state, text }) => told.get(id) !== `${state} ${text}`);
    for (const { id, state, text } of changed) told.set(id, `${state} ${text}`);
    const ids = shown.map(({ id }) => id);
    if (changed.length === 0 && toldIds === ids.join(' ')) return;
    toldIds = ids.join(' ');
    tell(JSON.stringify({ at: Date.now(), ids, changed }));
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['data-message-state'],
  });
  look();
}

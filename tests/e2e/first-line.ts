/** The line at the upper edge of the view: where it is in each frame that is painted. */
import type { Page } from 'puppeteer-core';

/** Turns the wheel over the messages, and waits for the browser to have scrolled. */
export async function wheel(page: Page, deltaY: number): Promise<void> {
  await page.mouse.move(200, 300);
  await page.mouse.wheel({ deltaY });
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = 0;
        let last = NaN;
        const look = () => {
          const top = document.querySelector('[role="log"]')?.getBoundingClientRect().top ?? 0;
          quiet = top === last ? quiet + 1 : 0;
          last = top;
          if (quiet > 15) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** Notes in each frame, as it is painted, where the element at the upper edge of the view is. */
export async function watchFirstLine(page: Page): Promise<{ places: () => Promise<number[]> }> {
  await page.evaluate(() => {
    const view = document.querySelector('[role="log"]')?.parentElement?.getBoundingClientRect();
    const line = [20, 40, 60, 80, 100]
      .map((below) => document.elementFromPoint(200, (view?.top ?? 0) + below))
      .find((element) => element?.matches('[data-message-text] *'));
    if (!line) throw new Error('No line is in view');
    const places: number[] = [];
    Object.assign(window, { places });
    const note = () => {
      // Of all that a page can ask, only this is told after everything of the frame is in place.
      const observer = new IntersectionObserver(([entry]) => {
        if (entry) places.push(entry.boundingClientRect.top);
        observer.disconnect();
      });
      observer.observe(line);
      requestAnimationFrame(note);
    };
    note();
  });
  return {
    places: () =>
      page.evaluate(() => (window as Window & { places?: number[] }).places?.slice() ?? []),
  };
}

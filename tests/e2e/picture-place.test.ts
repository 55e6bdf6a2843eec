/** The place of a picture that is being drawn: what one reads does not move when the picture comes. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { encodePng } from '../stand-ins/png.ts';
import { pickModel, send, waitForReplyState } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

const PARAGRAPHS = Array.from({ length: 60 }, (_, i) => `Paragraph${i}`).join('\n\n');

/** A panel with a long text, below which a picture is being drawn until `finish` is called. */
async function startDrawing(picture?: Buffer) {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: PARAGRAPHS, pieces: 'whole' });
  await send(panel, 'Write a lot');
  await waitForReplyState(panel, 'done');
  await pickModel(panel, 'AI-Chats.org: dalle');
  const { promise, resolve } = Promise.withResolvers<void>();
  if (picture) {
    story.service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: picture });
  }
  story.service.answerNext({ kind: 'silent', until: promise });
  await send(panel, 'Now draw');
  await panel.waitForSelector('.drawing');
  return {
    panel,
    finish: async () => {
      resolve();
      await waitForReplyState(panel, 'done', { count: 2 });
      await panel.waitForSelector('article img');
      await panel.$eval('article img', (image) =>
        image instanceof HTMLImageElement ? image.decode() : undefined,
      );
      await panel.evaluate(twoFrames);
    },
  };
}

const boxOf = (panel: Page, selector: string) =>
  panel.$eval(selector, (element) => {
    const { top, height, width } = element.getBoundingClientRect();
    return { top, height, width };
  });

async function ratioOf(panel: Page): Promise<number> {
  const { width, height } = await boxOf(panel, 'article div:has(> img)');
  return width / height;
}

const toEnd = (panel: Page) =>
  panel.$eval('[role="log"]', ({ parentElement: view }) =>
    view ? view.scrollHeight - view.clientHeight - view.scrollTop : NaN,
  );

it('has the size of the picture from the start', async () => {
  const { panel, finish } = await startDrawing();
  const place = await boxOf(panel, '.drawing');
  await finish();
  const picture = await boxOf(panel, 'article div:has(> img)');
  expect(picture.width).toBe(place.width);
  expect(picture.height).toBe(place.height);
});

const pictures: [shape: string, ratio: number, picture: Buffer | undefined][] = [
  ['as square as its place', 1, undefined],
  ['of another shape', 3, encodePng(900, 300, new Uint8Array(900 * 300 * 3))],
];

it.each(pictures)(
  'moves nothing for a reader further up when the picture comes, %s',
  async (_, ratio, picture) => {
    const { panel, finish } = await startDrawing(picture);
    await panel.$eval('[role="log"]', ({ parentElement }) => parentElement?.scrollBy(0, -300));
    await panel.evaluate(twoFrames);
    const before = await places(panel);
    expect(before.length).toBeGreaterThan(3);
    await finish();
    expect(await ratioOf(panel)).toBeCloseTo(ratio, 1);
    expect(await places(panel)).toEqual(before);
  },
);

it.each(pictures)(
  'keeps a reader at the end there when the picture comes, %s',
  async (_, ratio, picture) => {
    const { panel, finish } = await startDrawing(picture);
    await expect.poll(() => toEnd(panel)).toBeLessThan(1);
    await finish();
    expect(await ratioOf(panel)).toBeCloseTo(ratio, 1);
    await expect.poll(() => toEnd(panel)).toBeLessThan(1);
  },
);

/** The lines in view, each with its place on the screen. */
function places(panel: Page): Promise<string[]> {
  return panel.$$eval('.prose p', (lines) =>
    lines.flatMap((line) => {
      const { top } = line.getBoundingClientRect();
      return top > 40 && top < innerHeight - 150 ? [`${line.textContent}: ${top}`] : [];
    }),
  );
}

function twoFrames(): Promise<unknown> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))),
  );
}

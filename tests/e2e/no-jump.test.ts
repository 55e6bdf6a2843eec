/** Whatever is drawn, coloured or added around it, the line that a person reads stays where it is. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { words } from '../stand-ins/frame.ts';
import { settle } from './answering.ts';
import { pickModel, send, waitForReplyState, waitForReplyText } from './browser.ts';
import { watchFirstLine, wheel } from './first-line.ts';
import { startStory } from './story.ts';

const story = startStory();

/** Everything that takes its height only once it is ready, or while it grows. */
function everything(number: number): string {
  const line = `Sentence ${number} with **bold**, \`code\` and [a link](https://example.org/${number}). `;
  return [
    `## Part ${number}`,
    line.repeat(4),
    `\`\`\`ts\n${`const twice = (part: number) => part * ${number}; // a line\n`.repeat(12)}\`\`\``,
    `| Name | Value |\n|---|--:|\n${`| row of part ${number} | 1 |\n`.repeat(8)}`,
    `$$\\sum_{n=1}^{${number + 1}} \\frac{1}{n^2} = \\int_0^1 \\sqrt{x}\\,dx$$`,
    `A formula $\\frac{a_${number}}{b}$ in a line, and a note[^${number}].`,
    `\`\`\`mermaid\ngraph TD\nA${number}[Start] --> B${number}[End]\nB${number} --> C${number}[Rest]\n\`\`\``,
    `<details><summary>More of ${number}</summary>\n\n${line}\n\n</details>`,
    `- [ ] to do\n- [x] done\n  1. nested\n\n> ${line}`,
    `[^${number}]: The note of part ${number}.`,
    line.repeat(4),
    `Landmark${number} ends it.`,
  ].join('\n\n');
}

/** Becomes much shorter once the definition comes, which is the last thing that streams. */
const REFERENCES = `${'[word][a name that takes place until it is defined] '.repeat(20)}\n\n`;
const DEFINITION = '\n\n[a name that takes place until it is defined]: https://example.org/';

const THOUGHT = `<think>\n${'I think about this for a while. '.repeat(30)}\n</think>\n\n`;

/** How far the line moved, in pixels, over at least this many frames. */
async function movement(places: () => Promise<number[]>, frames: number): Promise<number> {
  const all = await places();
  expect(all.length).toBeGreaterThan(frames);
  return Math.max(...all) - Math.min(...all);
}

/** The panel with a conversation in which a picture was drawn. */
async function openWithPicture(): Promise<Page> {
  const panel = await story.freshPanel('dalle');
  await send(panel, 'A tall tower');
  await waitForReplyState(panel, 'done');
  await pickModel(panel, 'AI-Chats.org: gpt-4');
  return panel;
}

it('moves by nothing while everything that Markdown has streams below it', async () => {
  const panel = await openWithPicture();
  const start = `${THOUGHT}${REFERENCES}${[1, 2].map(everything).join('\n\n')}\n\n`;
  const reply = stepped(start + [3, 4, 5, 6].map(everything).join('\n\n') + DEFINITION);
  story.service.answerNext(reply);
  await send(panel, 'Write everything');
  await reply.release(words(start).length);
  await waitForReplyText(panel, 'Landmark2');
  await wheel(panel, -500);
  const { places } = await watchFirstLine(panel);
  for (let step = 0; step < 30; step += 1) await reply.release(40);
  await reply.releaseAll();
  await waitForReplyText(panel, 'Landmark6');
  await reply.end();
  await waitForReplyState(panel, 'done');
  await settle(panel);
  expect(await panel.$$('a[href="https://example.org/"]')).toHaveLength(20);
  expect(await movement(places, 30)).toBe(0);
});

it('moves by nothing while what stands above it is drawn after opening', async () => {
  const panel = await openWithPicture();
  const text = THOUGHT + [1, 2, 3, 4, 5, 6].map(everything).join('\n\n');
  story.service.answerNext({ kind: 'text', text, pieces: 'whole' });
  await send(panel, 'Write everything at once');
  await waitForReplyState(panel, 'done', { count: 2 });
  await story.aside.closePanel();
  const reopened = await story.aside.openPanel();
  await waitForReplyText(reopened, 'Landmark6');
  // By script, so that what is above has no time to be drawn first.
  await reopened.evaluate(() => {
    const view = document.querySelector('[role="log"]')?.parentElement;
    if (view) view.scrollTop -= 900;
  });
  await reopened.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  const { places } = await watchFirstLine(reopened);
  await settle(reopened);
  expect(await movement(places, 20)).toBe(0);
});

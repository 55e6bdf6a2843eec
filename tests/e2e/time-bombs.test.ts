/** Replies that would hang a page which parses or draws too much: they end, and the panel goes on working. */
import { expect, it } from 'vitest';
import { isAnswering } from './answering.ts';
import { atFullSpeed, bombs, LAST_LINE, waitForEnd } from './bombs.ts';
import { send, waitForStored } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

it.each(Object.keys(bombs))(
  'shows a stream of %s to its end, keeps it whole, and answers a click',
  async (name) => {
    const bomb = bombs[name] ?? '';
    // One that does not exist yet: without it, the bomb before would be shown first.
    const panel = await story.aside.openPanelTab(`?conversation=${encodeURIComponent(name)}`);
    story.service.answerNext(atFullSpeed(bomb));
    await send(panel, `Write ${name}`);
    await waitForEnd(panel, 80_000);
    expect(await isAnswering(panel)).toBe(true);
    await waitForStored(panel, `${bomb}${LAST_LINE}`);
    await panel.close();
  },
);

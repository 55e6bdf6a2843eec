/** What a service refused of one prompt, and what the next one knows of it. */
import { expect, it } from 'vitest';
import { setUpRoundTrip } from '../round-trip';
import { ask, contexts, end, openThinker, say, send, setUpThinker } from '../thinker';

setUpRoundTrip();
setUpThinker();

const refusedNow = () => contexts.at(-1)?.refusedFields?.('deep');

it('what was refused of a prompt is known with the next', async () => {
  const page = await openThinker();
  await ask(page, 'One?');
  await (await refusedNow())?.add(['stream']);
  send(say('Yes.'));
  end();
  await page.last('done', 'Yes.');
  await ask(page, 'Two?');
  expect((await refusedNow())?.fields).toEqual([['stream']]);
  end();
});

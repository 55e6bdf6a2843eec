/** No way to the service: the host is named, and the prompt can be sent again later. */
import { expect, it } from 'vitest';
import { startAiChats } from '../stand-ins/ai-chats.ts';
import { clickButton, readNotice, send, waitForReplyState } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

it('names the host that cannot be reached, and goes on when it can', async () => {
  const panel = await story.freshPanel();
  await story.service.close();
  await send(panel, 'Is anybody there?');
  await waitForReplyState(panel, 'failed');
  const notice = await readNotice(panel);
  expect(notice.text).toBe(
    'ai-chats.org cannot be reached. Check your connection, then try again.',
  );
  expect(notice.buttons[0]).toBe('Try again');

  const again = await startAiChats({ port: story.service.port });
  again.answerNext({ kind: 'text', text: 'Back again.' });
  await clickButton(panel, 'Try again');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Back again.');
  await again.close();
});

it('names the host of a picture that cannot be reached', async () => {
  const again = await startAiChats({ port: story.service.port });
  const panel = await story.freshPanel('dalle');
  again.answerNext({ kind: 'image-url', url: 'https://nowhere.ai-chats.org:1/x.png' });
  await send(panel, 'A picture from nowhere');
  await waitForReplyState(panel, 'failed');
  expect((await readNotice(panel)).text).toContain('nowhere.ai-chats.org');
  await again.close();
});

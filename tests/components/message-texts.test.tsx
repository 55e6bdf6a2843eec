/** A long conversation of which most does not stand in the document is copied as a whole. */
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MessageList } from '@/components/message-list';
import type { Message } from '@/lib/conversation';
import { setConversation, setUpPage, show } from '../component';
import { prompt, reply } from '../samples';

setUpPage();

/** A message of as many words as keep forty of them from standing in the document together. */
function longMessage(at: number): Message {
  const parts: Message['parts'] = [{ type: 'text', text: longText(at) }];
  const parentId = at === 0 ? null : `${at - 1}`;
  return at % 2 === 0
    ? prompt(`${at}`, { parentId, parts })
    : reply(`${at}`, `${at - 1}`, { parts });
}

function longText(at: number): string {
  return `**${at}** ${'word '.repeat(1000)}end`;
}

function copyAll(): DataTransfer {
  const clipboardData = new DataTransfer();
  getSelection()?.removeAllRanges();
  getSelection()?.selectAllChildren(document.body);
  act(() => {
    document.body.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true }));
  });
  return clipboardData;
}

it('each message once, in order, as text and as rich text', () => {
  const messages = Array.from({ length: 40 }, (_, at) => longMessage(at));
  const image = { id: 'i', mediaType: 'image/png', width: 1, height: 1, bytes: 1 };
  messages[21] = reply('21', '20', {
    parts: [
      { type: 'reasoning', text: 'hm', startedAt: 1 },
      { type: 'text', text: '- one\n- $x$\n\n$$\ny\n$$\n\n$$\nz\n$$' },
      { type: 'image', prompt: 'a cat', image },
    ],
  });
  messages[23] = { ...longMessage(23), deletedAt: 1 };
  setConversation(messages);
  show(<MessageList />);
  expect(screen.getAllByRole('article').length).toBeLessThan(10);

  const copied = copyAll();
  const texts = messages.flatMap(({ id, role }) => {
    if (id === '21') return ['- one\n- $x$', '$$y$$', '$$z$$', 'a cat'];
    if (id === '23') return [];
    // Prompts are shown as they were written.
    return [role === 'user' ? longText(Number(id)) : longText(Number(id)).replaceAll('**', '')];
  });
  expect(copied.getData('text/plain').split('\n\n')).toEqual(texts);
  const html = copied.getData('text/html');
  expect(html).toContain('<p><strong>11</strong> word');
  expect(html).not.toMatch(/class=|data-|<img|<div/u);
});

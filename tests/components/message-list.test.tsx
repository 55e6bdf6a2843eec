/** The list of messages, and how it opens. */
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import { setChat, setConversation, setUpPage } from '../component';
import { prompt, reply } from '../samples';

setUpPage();

const ids = Array.from({ length: 40 }, (_, index) => `m${index}`);
const long = ids.map((id, index) =>
  index % 2 === 0
    ? prompt(id, { parentId: ids[index - 1] ?? null })
    : reply(id, ids[index - 1] ?? ''),
);

let root: Root | undefined;

afterEach(() => {
  flushSync(() => root?.unmount());
  document.body.replaceChildren();
});

/** What is in the document after the first rendering alone. */
function showFirst(): (string | null)[] {
  // As in a browser: what is put off is not waited for.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  const created = createRoot(document.body.appendChild(document.createElement('div')));
  root = created;
  flushSync(() => created.render(<MessageList />));
  return shown();
}

function shown(): (string | null)[] {
  return [...document.querySelectorAll('article')].map((one) =>
    one.getAttribute('data-message-id'),
  );
}

it('has the end of a long conversation at once, and then all of it', async () => {
  setConversation(long);
  const first = showFirst();
  expect(first.length).toBeLessThan(20);
  expect(first).toEqual(ids.slice(-first.length));
  await vi.waitFor(() => expect(shown()).toEqual(ids));
});

it('opens at a message that was found, however far up it is', () => {
  const scroll = vi.spyOn(Element.prototype, 'scrollIntoView').mockReturnValue();
  setConversation(long);
  setChat({ target: { conversationId: 'c', messageId: 'm1', query: '' } });
  showFirst();
  expect(scroll.mock.contexts).toEqual([document.querySelector('[data-message-id="m1"]')]);
});

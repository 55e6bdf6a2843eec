import { expect, it } from 'vitest';
import { Markdown } from '@/components/reading/markdown';
import { clearHighlight, highlightFound } from '@/lib/panel/found-message';
import { setUpPage, show } from '../../component';

setUpPage();

it('a formula or diagram by which a message was found is marked in it', () => {
  const { container } = show(
    <div data-message-text>
      <Markdown text={'Where $a$ is, $mass$ is.\n\n```mermaid\nA-->Mass\n```'} />
    </div>,
  );
  const marked = () =>
    [...container.querySelectorAll('[data-mark-found]')].map((one) =>
      one.getAttribute('data-find-text'),
    );
  highlightFound(container, { conversationId: 'c', messageId: 'r', query: 'mass' });
  expect(marked()).toEqual(['mass', 'A-->Mass']);
  clearHighlight();
  expect(marked()).toEqual([]);
});

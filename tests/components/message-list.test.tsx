import { act, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import { setConversation, setUpPage, show } from '../component';
import { prompt, reply } from '../samples';

setUpPage();

it('listens for copies once, however much a reply grows', () => {
  const add = vi.spyOn(document, 'addEventListener');
  setConversation([prompt('p'), reply('r', 'p')]);
  show(<MessageList />);
  const text = { type: 'text', text: 'more' } as const;
  act(() => void setConversation([prompt('p'), reply('r', 'p', { parts: [text] })]));
  expect(screen.getByText('more')).toBeTruthy();
  expect(add.mock.calls.filter(([type]) => type === 'copy')).toHaveLength(1);
  add.mockRestore();
});

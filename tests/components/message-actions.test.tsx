/** What one can do with messages: edit, branch, delete, and take it back. */
import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import { MidwayBar } from '@/components/midway-bar';
import { UndoBar } from '@/components/undo-bar';
import { UNDO_SECONDS } from '@/lib/messages';
import { deleteConversation } from '@/lib/panel/deletion';
import { answers, requests, setChat, setConversation, setUpPage, show, state } from '../component';
import { chatModel, prompt, reply } from '../samples';

setUpPage();
afterEach(() => {
  vi.useRealTimers();
});

const talk = [prompt('p'), reply('r', 'p'), prompt('q', { parentId: 'r' }), reply('s', 'q')];

function showTalk(changes = {}) {
  setConversation(talk, changes);
  return show(
    <>
      <MessageList />
      <MidwayBar />
      <UndoBar />
    </>,
  );
}

/** In place of the conversation that was deleted the chat has an empty one. */
function showEmpty(id: string) {
  act(() => {
    setChat({ replaced: { gone: 'c', by: id } });
    setConversation([], { id });
  });
}

/** The buttons of the message, by its place in the talk. */
function inMessage(index: number) {
  return within(screen.getAllByRole('article')[index] ?? document.body);
}

const asked = (type: string) =>
  requests.filter((request) => request.type === type).map(({ data }) => data);

describe('Edit', () => {
  it('sends another version of the prompt, which follows what the first one followed', async () => {
    const { user } = showTalk();
    await user.click(inMessage(2).getByRole('button', { name: 'Edit' }));
    const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit message' });
    expect(box.value).toBe('prompt q');
    expect(document.activeElement).toBe(box);
    expect([box.selectionStart, box.selectionEnd]).toEqual([8, 8]);
    await user.clear(box);
    await user.type(box, 'better{Enter}');
    expect(asked('sendPrompt')).toMatchObject([
      { conversationId: 'c', text: 'better', parentId: 'r', model: chatModel },
    ]);
    await vi.waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
  });

  it('keeps what was written when it does not arrive', async () => {
    answers['sendPrompt'] = () => {
      throw new Error('gone');
    };
    const { user } = showTalk();
    await user.click(inMessage(0).getByRole('button', { name: 'Edit' }));
    await user.type(screen.getByRole('textbox'), ' more{Enter}');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('prompt p more');
  });

  it('is left with Escape, and nothing is sent', async () => {
    const { user } = showTalk();
    await user.click(inMessage(0).getByRole('button', { name: 'Edit' }));
    await user.type(screen.getByRole('textbox'), ' more{Escape}');
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(asked('sendPrompt')).toEqual([]);
  });

  it.each([
    ['Edit', 0],
    ['Branch', 1],
    ['Regenerate', 1],
  ])('and its kin wait for a running reply: %s', (name, index) => {
    setConversation([...talk, reply('t', 's', { state: 'streaming' })]);
    show(<MessageList />);
    expect(inMessage(index).getByRole('button', { name })).toHaveProperty('disabled', true);
  });
});

describe('Branch', () => {
  it('asks for the branch to end at this message', async () => {
    const { user } = showTalk();
    await user.click(inMessage(1).getByRole('button', { name: 'Branch' }));
    expect(asked('branchFrom')).toEqual([{ conversationId: 'c', messageId: 'r' }]);
  });

  it('says that what followed is kept, and leads back to it', async () => {
    const { user } = showTalk({ leafId: 'r' });
    expect(screen.getByText(/What followed is kept/u)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show it' }));
    expect(asked('selectBranch')).toEqual([{ conversationId: 'c', messageId: 'r' }]);
  });

  it('is not mentioned at the end of a conversation', () => {
    showTalk();
    expect(screen.queryByText(/What followed is kept/u)).toBeNull();
  });
});

describe('Delete', () => {
  it('asks the worker, and offers the message back', async () => {
    const { user } = showTalk();
    await user.click(inMessage(3).getByRole('button', { name: 'Delete' }));
    expect(asked('deleteMessage')).toEqual([{ conversationId: 'c', messageId: 's' }]);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(asked('restoreMessage')).toEqual([{ conversationId: 'c', messageId: 's' }]);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('of another conversation leads nowhere when it is taken back', async () => {
    const { user } = showTalk();
    act(() => setChat({ view: 'history' }));
    await act(() => deleteConversation('other'));
    expect(screen.getByText('Conversation deleted.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(asked('restoreConversation')).toEqual([{ conversationId: 'other' }]);
    expect(state()).toMatchObject({ view: 'history', conversation: { id: 'c' }, deletion: null });
  });

  it('leaves the focus in the list when it is taken back from there by keyboard', async () => {
    const { user } = show(
      <>
        <input type="search" />
        <UndoBar />
      </>,
    );
    await act(() => deleteConversation('other'));
    screen.getByRole('button', { name: 'Undo' }).focus();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });

  it('of the conversation in the chat puts it back there, behind the history', async () => {
    const { user } = showTalk();
    act(() => setChat({ view: 'history' }));
    await act(() => deleteConversation('c'));
    showEmpty('fresh');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    // Until the worker's snapshot is there.
    await vi.waitFor(() => expect(state().conversation).toBeNull());
    expect(state().view).toBe('history');
  });

  it('of the conversation in the chat leaves what was begun there since', async () => {
    const { user } = showTalk();
    await act(() => deleteConversation('c'));
    showEmpty('fresh');
    act(() => void setConversation([prompt('new')], { id: 'fresh' }));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(asked('restoreConversation')).toEqual([{ conversationId: 'c' }]);
    expect(state()).toMatchObject({ view: 'chat', conversation: { id: 'fresh' } });
  });

  it('of the conversation in the chat leaves another that is empty still', async () => {
    const { user } = showTalk();
    await act(() => deleteConversation('c'));
    showEmpty('fresh');
    act(() => void setConversation([], { id: 'temporary-1' }));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(asked('restoreConversation')).toHaveLength(1));
    expect(state()).toMatchObject({ conversation: { id: 'temporary-1' } });
  });

  it('can be taken back for ten seconds', () => {
    vi.useFakeTimers();
    showTalk();
    act(() => setChat({ deletion: { kind: 'conversation', conversationId: 'other' } }));
    act(() => void vi.advanceTimersByTime(UNDO_SECONDS * 1000 - 1));
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
    act(() => void vi.advanceTimersByTime(1));
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('leaves a line where one can step to other versions', () => {
    const gone = reply('r', 'p', { deletedAt: 5000, parts: [] });
    setConversation([prompt('p'), reply('r2', 'p'), gone, prompt('q', { parentId: 'r' })]);
    show(<MessageList />);
    expect(screen.getAllByRole('article')).toHaveLength(2);
    expect(screen.getByText('A deleted message')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Previous version' })).toHaveProperty(
      'disabled',
      false,
    );
  });
});

it('a stopped reply can go on', async () => {
  setConversation([prompt('p'), reply('r', 'p', { state: 'stopped' })]);
  const { user } = show(<MessageList />);
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(asked('continueReply')).toEqual([{ conversationId: 'c', messageId: 'r' }]);
});

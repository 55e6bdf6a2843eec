import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Composer } from '@/components/composer';
import type { MessageState, QueuedPrompt } from '@/lib/conversation';
import { sendPrompt } from '@/lib/panel/actions';
import { answers, requests, setChat, setConversation, setUpPage, show, state } from '../component';
import { chatModel, prompt, reply } from '../samples';

setUpPage();

function showComposer(draft = '') {
  setConversation();
  setChat({ draft });
  const shown = show(<Composer label="Message" sendLabel="Send" onSend={sendPrompt} />);
  return { ...shown, box: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }) };
}

function showQueue(queue: QueuedPrompt[] = [], replyState: MessageState = 'streaming') {
  setConversation([prompt('p'), reply('r', 'p', { state: replyState })], { queue });
  return show(<Composer label="Message" sendLabel="Send" canQueue onSend={sendPrompt} />);
}
const sent = () => requests.filter(({ type }) => type === 'sendPrompt').map(({ data }) => data);

describe('the prompt box', () => {
  it('has the focus, and sends with Enter', async () => {
    const { user, box } = showComposer();
    expect(document.activeElement).toBe(box);
    await user.keyboard('Hi there{Enter}');
    expect(sent()).toMatchObject([{ conversationId: 'c', text: 'Hi there', model: chatModel }]);
    expect(box.value).toBe('');
  });

  it('breaks the line with Shift+Enter', async () => {
    const { user, box } = showComposer();
    await user.keyboard('one{Shift>}{Enter}{/Shift}two');
    expect(box.value).toBe('one\ntwo');
    expect(sent()).toEqual([]);
  });

  it.each([
    ['while a composition runs', { isComposing: true }],
    ['that ends a composition in Safari', { keyCode: 229 }],
  ])('does not send with an Enter %s', (_, how) => {
    const { box } = showComposer('にほん');
    fireEvent.keyDown(box, { key: 'Enter', ...how });
    expect(box.value).toBe('にほん');
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 13 });
    expect(box.value).toBe('');
  });

  it('sends what was typed unchanged', async () => {
    const text = '  👩‍👩‍👧 שלום\u200b\n\n';
    const { user } = showComposer(text);
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(sent()).toMatchObject([{ text }]);
  });

  it('sends one message for two clicks', async () => {
    const { user } = showComposer('Hi');
    await user.dblClick(screen.getByRole('button', { name: 'Send' }));
    expect(sent()).toHaveLength(1);
  });
});

describe('Send', () => {
  it.each(['', ' ', '\n\t '])('is disabled for %j, and Enter does nothing', async (draft) => {
    const { user } = showComposer(draft);
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
    await user.keyboard('{Enter}');
    expect(sent()).toEqual([]);
  });

  it('is disabled for a prompt of a million characters, which is refused in words', async () => {
    const { user } = showComposer('x'.repeat(1_000_000));
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
    expect(screen.getByRole('alert').textContent).toMatch(/too long.*200000.*1000000/u);
    await user.keyboard('{Enter}');
    expect(sent()).toEqual([]);
  });

  it('takes 200,000 characters', async () => {
    const { user } = showComposer('x'.repeat(200_000));
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(sent()).toHaveLength(1);
  });

  it('becomes Stop while a reply of this conversation runs', async () => {
    const { user } = showComposer('next');
    act(() => void setConversation([prompt('p'), reply('r', 'p', { state: 'streaming' })]));
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
    await user.keyboard('{Enter}');
    expect(sent()).toEqual([]);
    expect(state().draft).toBe('next');
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(requests).toContainEqual({ type: 'stopReply', data: { conversationId: 'c' } });
    act(() => void setConversation([prompt('p'), reply('r', 'p', { state: 'stopped' })]));
    expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy();
  });
});

describe('while a reply runs', () => {
  const waiting = [
    { id: 'q1', text: 'First next', model: chatModel },
    { id: 'q2', text: 'Second next', model: chatModel },
  ];

  it('what is typed can be sent next, by Enter or by its button', async () => {
    const { user } = showQueue();
    expect(screen.queryByRole('button', { name: 'Send next' })).toBeNull();
    await user.keyboard('one{Enter}two');
    await user.click(screen.getByRole('button', { name: 'Send next' }));
    expect(sent()).toMatchObject([{ text: 'one' }, { text: 'two' }]);
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
  });

  it('what waits is shown, and can be withdrawn into the box', async () => {
    answers['withdrawPrompt'] = () => true;
    const { user } = showQueue(waiting);
    const list = within(screen.getByRole('list', { name: 'Waiting prompts' }));
    expect(list.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'First next',
      'Second next',
    ]);
    const [first] = list.getAllByRole('button', { name: 'Withdraw' });
    if (first) await user.click(first);
    expect(requests).toContainEqual({
      type: 'withdrawPrompt',
      data: { conversationId: 'c', promptId: 'q1' },
    });
    await vi.waitFor(() => expect(state().draft).toBe('First next'));
  });

  it('what was sent a moment before it was withdrawn does not come back', async () => {
    answers['withdrawPrompt'] = () => false;
    const { user } = showQueue(waiting);
    const [first] = screen.getAllByRole('button', { name: 'Withdraw' });
    if (first) await user.click(first);
    await vi.waitFor(() => expect(requests.map(({ type }) => type)).toContain('withdrawPrompt'));
    expect(state().draft).toBe('');
  });

  it('what still waits after a reply that was stopped can be sent by hand', async () => {
    const { user } = showQueue(waiting, 'stopped');
    await user.click(screen.getByRole('button', { name: 'Send now' }));
    expect(requests).toContainEqual({ type: 'sendQueue', data: { conversationId: 'c' } });
  });

  it.each([
    ['stopped', 'Not sent, since you stopped the answer'],
    ['failed', 'Not sent: the answer before did not end well'],
    ['interrupted', 'Not sent: the answer before did not end well'],
  ] as const)('what waits after a reply that was %s says why', (ended, why) => {
    showQueue(waiting, ended);
    expect(screen.getByText(/^Not sent/u).textContent).toBe(why);
  });

  it('a Stop that does not reach the worker is told', async () => {
    answers['stopReply'] = () => {
      throw new Error('gone');
    };
    const { user } = showQueue();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Try again'));
  });
});

describe('a prompt that does not reach the worker', () => {
  it('comes back, with a word about it that goes with the next key', async () => {
    const { user, box } = showComposer('Do not lose me');
    answers['sendPrompt'] = () => {
      throw new Error('gone');
    };
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('not sent'));
    expect(box.value).toBe('Do not lose me');
    await user.type(box, '!');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('does not overwrite what was typed since', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    answers['sendPrompt'] = () => promise;
    const { user, box } = showComposer('first');
    await user.keyboard('{Enter}');
    await user.keyboard('second');
    reject(new Error('gone'));
    await vi.waitFor(() => expect(screen.getByRole('alert')).toBeTruthy());
    expect(box.value).toContain('second');
    expect(box.value).toContain('first');
  });
});

import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MessageList } from '@/components/message-list';
import type { Message, Part } from '@/lib/conversation';
import { requests, setConversation, setUpPage, show, speak } from '../component';
import { pictureModel, prompt, reply } from '../samples';

setUpPage();

function showMessages(...messages: Message[]) {
  setConversation(messages);
  const shown = show(<MessageList />);
  const articles = screen.getAllByRole('article');
  return { ...shown, articles, last: articles.at(-1) ?? shown.container };
}

const picture: Part = {
  type: 'image',
  prompt: 'cat',
  image: { id: 'i', mediaType: 'image/png', bytes: 3, width: 2, height: 1 },
};

const textIn = (article: Element) => article.querySelector('[data-message-text]')?.textContent;

function announced(): string {
  const places = screen.getAllByRole('status');
  return places.map(({ textContent }) => textContent).join('');
}

describe('a message', () => {
  it('is an article in the log, with its role, state and text', () => {
    const { articles } = showMessages(prompt('p'), reply('r', 'p'));
    expect(
      within(screen.getByRole('log', { name: 'Conversation' })).getAllByRole('article'),
    ).toEqual(articles);
    const rolesAndStates = articles.map((article) =>
      ['data-message-role', 'data-message-state'].map((name) => article.getAttribute(name)),
    );
    expect(rolesAndStates).toEqual([
      ['user', 'done'],
      ['assistant', 'done'],
    ]);
    expect(articles.map(textIn)).toEqual(['prompt p', 'reply r']);
    const names = articles.map((article) => article.getAttribute('aria-label'));
    expect(names).toEqual(['You', 'AI-Chats.org: gpt-4']);
  });

  it.each(['streaming', 'done', 'stopped', 'interrupted', 'failed'] as const)(
    'says of itself that it is %s',
    (state) => {
      const { last } = showMessages(prompt('p'), reply('r', 'p', { state }));
      expect(last.getAttribute('data-message-state')).toBe(state);
      expect(textIn(last)).toBe('reply r');
    },
  );

  it('of the person is shown as it was typed, not as Markdown', () => {
    const text = '  **not bold** <b>x</b>\n- 1\u200b שלום 👩‍👩‍👧';
    const { last } = showMessages(prompt('p', { parts: [{ type: 'text', text }] }));
    expect(textIn(last)).toBe(text);
    expect(last.querySelector('strong, b, li')).toBeNull();
  });

  it.each<[string, Part[], boolean]>([
    ['pictures alone', [picture, picture], true],
    ['one picture', [picture], false],
    ['pictures and words', [{ type: 'text', text: 'Look:' }, picture, picture], false],
  ])(
    'has its pictures side by side when it is several and nothing else: %s',
    (_, parts, isGrid) => {
      const { last } = showMessages(prompt('p'), reply('r', 'p', { parts }));
      expect(last.querySelector('[data-message-text].grid-cols-2') !== null).toBe(isGrid);
    },
  );

  it('names the page that its prompt is from', () => {
    const source = { title: 'Tides', url: 'https://tides.example/moon?x=1' };
    const { last } = showMessages(prompt('p', { source }));
    const line = within(last instanceof HTMLElement ? last : document.body).getByText(
      'From “Tides”, tides.example',
    );
    expect(line.parentElement?.title).toBe(source.url);
    expect(textIn(last)).toBe('prompt p');
  });

  it.each([
    ['without a title', { title: '', url: 'https://tides.example/moon' }, 'From tides.example'],
    [
      'without a host',
      { title: '', url: 'file:///home/me/tides.html' },
      'From file:///home/me/tides.html',
    ],
    ['that is no address', { title: 'Here', url: 'somewhere' }, 'From “Here”, somewhere'],
  ])('names a page %s', (_, source, line) => {
    showMessages(prompt('p', { source }));
    expect(screen.getByText(line)).toBeTruthy();
  });

  it('says how much of a long selection was cut', () => {
    showMessages(
      prompt('p', { parts: [{ type: 'text', text: 'x'.repeat(32) }], cutFrom: 200_000 }),
    );
    expect(screen.getByText(/first 32 of 200000 characters/u)).toBeTruthy();
  });
});

describe('a reply', () => {
  it('that has not begun says for whom one waits, and for how long', () => {
    const createdAt = Date.now() - 65_000;
    showMessages(prompt('p'), reply('r', 'p', { state: 'streaming', parts: [], createdAt }));
    expect(screen.getByText(/Waiting for AI-Chats\.org · 1 min 5 s/u)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Regenerate' })).toBeNull();
  });

  it.each<[string, Part[]]>([
    ['nothing has come', []],
    ['it comes', [{ type: 'text', text: 'word' }]],
    ['it is drawn', [{ type: 'image', prompt: 'cat', image: null }]],
  ])('says who answers while %s, in the place where it says who answered', (_, parts) => {
    const streaming = reply('r', 'p', { state: 'streaming', parts });
    const { last } = showMessages(prompt('p'), streaming);
    const row = screen.getByText('AI-Chats.org · gpt-4').parentElement?.parentElement;
    expect(last.lastElementChild).toBe(row);
    act(() => void setConversation([prompt('p'), { ...streaming, state: 'done' }]));
    const facts = screen.getByText('AI-Chats.org · gpt-4').parentElement?.parentElement;
    expect(last.lastElementChild).toBe(facts);
    expect(facts?.className).toBe(row?.className);
  });

  it('keeps room for as many buttons as will come', () => {
    const streaming = reply('r', 'p', { state: 'streaming' });
    const { last } = showMessages(prompt('p'), streaming);
    const room = last.lastElementChild?.lastElementChild?.lastElementChild;
    const width = room instanceof HTMLElement ? room.style.inlineSize : '';
    act(() => void setConversation([prompt('p'), { ...streaming, state: 'done' }]));
    const buttons = last.lastElementChild?.lastElementChild?.querySelectorAll('button') ?? [];
    expect(width).toBe(`${28 * buttons.length}px`);
  });

  it('that is drawn has a place with the time', () => {
    const parts: Message['parts'] = [{ type: 'image', prompt: 'cat', image: null }];
    const createdAt = Date.now() - 5000;
    showMessages(
      prompt('p'),
      reply('r', 'p', { state: 'streaming', parts, createdAt, model: pictureModel }),
    );
    expect(screen.getByText('AI-Chats.org is drawing · 5 s')).toBeTruthy();
  });

  it('grows as its text arrives', () => {
    const { last } = showMessages(prompt('p'), reply('r', 'p', { state: 'streaming' }));
    const parts: Message['parts'] = [{ type: 'text', text: 'reply r and **more**' }];
    act(() => void setConversation([prompt('p'), reply('r', 'p', { state: 'streaming', parts })]));
    expect(textIn(last)).toBe('reply r and more');
  });

  it('says who made it, and that it was stopped', () => {
    showMessages(prompt('p'), reply('r', 'p', { state: 'stopped' }));
    expect(screen.getByText('AI-Chats.org · gpt-4 · Stopped')).toBeTruthy();
  });

  it.each([
    [12_000, 'AI-Chats.org · dalle · 12 s'],
    [400, 'AI-Chats.org · dalle · 0.4 s'],
    [20, 'AI-Chats.org · dalle'],
  ])('of a picture that took %i ms says for how long it was drawn', (time, facts) => {
    const times = { createdAt: 2000, endedAt: 2000 + time };
    const changes = { parts: [picture], model: pictureModel, ...times };
    showMessages(prompt('p'), reply('r', 'p', changes));
    expect(screen.getByText(facts)).toBeTruthy();
  });

  it('that failed keeps its text beside the trouble', () => {
    const { last } = showMessages(
      prompt('p'),
      reply('r', 'p', { state: 'interrupted', error: { kind: 'connection-lost' } }),
    );
    expect(textIn(last)).toBe('reply r');
    expect(last.contains(screen.getByRole('alert'))).toBe(true);
  });

  it('without a word still says why', () => {
    showMessages(
      prompt('p'),
      reply('r', 'p', { state: 'failed', parts: [], error: { kind: 'empty-reply' } }),
    );
    expect(screen.getByRole('alert').textContent).toContain('empty answer');
  });

  it('can be copied, as it was written', async () => {
    const parts: Message['parts'] = [{ type: 'text', text: '**bold**\n' }];
    const { user } = showMessages(prompt('p'), reply('r', 'p', { parts }));
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe('**bold**\n');
    expect(await screen.findByText('Copied')).toBeTruthy();
  });

  it('can be made again, unless a reply runs', async () => {
    const { user } = showMessages(prompt('p'), reply('r', 'p'));
    await user.click(screen.getByRole('button', { name: 'Regenerate' }));
    expect(requests).toEqual([
      { type: 'regenerateReply', data: { conversationId: 'c', messageId: 'r' } },
    ]);
    act(() => {
      const next = prompt('q', { parentId: 'r' });
      setConversation([
        prompt('p'),
        reply('r', 'p'),
        next,
        reply('s', 'q', { state: 'streaming' }),
      ]);
    });
    expect(screen.getByRole('button', { name: 'Regenerate' })).toHaveProperty('disabled', true);
  });

  it('is announced when it begins and ends, not word by word', () => {
    showMessages(prompt('p'), reply('r', 'p', { state: 'streaming' }));
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off');
    expect(announced()).toBe('The reply begins');
    act(() => void setConversation([prompt('p'), reply('r', 'p')]));
    expect(announced()).toBe('The reply is complete');
  });

  it('is announced when it is tried again', () => {
    const streaming: Partial<Message> = { state: 'streaming', parts: [] };
    showMessages(prompt('p'), reply('r', 'p', streaming));
    const retry = { attempt: 2, at: 5000, kind: 'overloaded' } as const;
    act(() => void setConversation([prompt('p'), reply('r', 'p', { ...streaming, retry })]));
    expect(announced()).toBe('No answer yet. Aside tries again');
  });

  it('is announced anew when the next one begins', () => {
    const talk = [prompt('p'), reply('r', 'p', { state: 'streaming' })];
    showMessages(...talk);
    const first = screen.getByText('The reply begins');
    // As a prompt that waited its turn does: nothing is shown in between.
    const next = [prompt('q', { parentId: 'r' }), reply('s', 'q', { state: 'streaming' })];
    act(() => void setConversation([prompt('p'), reply('r', 'p'), ...next]));
    expect(screen.getByText('The reply begins')).not.toBe(first);
  });

  it('that ended before one looked is not announced', () => {
    showMessages(prompt('p'), reply('r', 'p'));
    expect(announced()).toBe('');
  });

  it.each([
    ['told at once when one sees it fail', 'streaming', 'assertive'],
    ['not told again to whoever opens the conversation later', 'failed', 'off'],
  ] as const)('whose trouble is new is %s', (_, before, live) => {
    const failed = { state: 'failed', error: { kind: 'offline' } } as const;
    showMessages(prompt('p'), reply('r', 'p', before === 'failed' ? failed : { state: before }));
    act(() => void setConversation([prompt('p'), reply('r', 'p', failed)]));
    expect(screen.getByRole('alert').getAttribute('aria-live')).toBe(live);
  });

  it('speaks Russian where the interface does', async () => {
    await speak('ru');
    showMessages(prompt('p'), reply('r', 'p', { state: 'stopped' }));
    const labels = screen.getAllByRole('button').map((one) => one.getAttribute('aria-label') ?? '');
    expect(labels.filter((label) => !/^\p{Script=Cyrillic}/u.test(label))).toEqual([]);
  });
});

describe('the versions of a reply', () => {
  const three = [prompt('p'), reply('r1', 'p'), reply('r2', 'p'), reply('r3', 'p')];

  it('are stepped through, one by one', async () => {
    setConversation(three, { leafId: 'r2' });
    const { user } = show(<MessageList />);
    expect(screen.getByText('2/3')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Previous version' }));
    await user.click(screen.getByRole('button', { name: 'Next version' }));
    expect(requests).toEqual([
      { type: 'selectBranch', data: { conversationId: 'c', messageId: 'r1' } },
      { type: 'selectBranch', data: { conversationId: 'c', messageId: 'r3' } },
    ]);
  });

  it.each([
    ['r1', 'Previous version', 'Next version'],
    ['r3', 'Next version', 'Previous version'],
  ])('end at %s', (leafId, end, way) => {
    setConversation(three, { leafId });
    show(<MessageList />);
    expect(screen.getByRole('button', { name: end })).toHaveProperty('disabled', true);
    expect(screen.getByRole('button', { name: way })).toHaveProperty('disabled', false);
  });

  it('are not mentioned where there is one', () => {
    showMessages(prompt('p'), reply('r', 'p'));
    expect(screen.queryByText('1/1')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Next version' })).toBeNull();
  });
});

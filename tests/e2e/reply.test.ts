/** The text of a reply is exactly what the service said, however the network cut it. */
import { expect, it } from 'vitest';
import type { Behaviour } from '../stand-ins/ai-chats.ts';
import {
  articles,
  clickButton,
  readNotice,
  send,
  waitForReplyState,
  waitForStored,
} from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

const VERSE = 'Über dem Café: 「静かな夜」, привет, 👩‍👩‍👧‍👦 und 🇳🇱 — é as e + ́.';
const LINES = Array.from({ length: 5000 }, (_, i) => `line ${i} of 5000`).join('\n');

const rows: { name: string; behaviour: Behaviour; text: string }[] = [
  {
    name: 'is cut at every byte, also within characters',
    behaviour: { kind: 'text', text: VERSE, pieces: 'byte' },
    text: VERSE,
  },
  {
    name: 'ends its lines in \\r\\n and is cut at every byte',
    behaviour: { kind: 'text', text: VERSE, pieces: 'byte', newline: '\r\n' },
    text: VERSE,
  },
  {
    name: 'comes in pieces of three bytes',
    behaviour: { kind: 'text', text: VERSE, pieces: 3 },
    text: VERSE,
  },
  {
    name: 'writes newlines as backslash and n',
    behaviour: {
      kind: 'raw',
      body: 'data: one\\ntwo\ndata: \\n\ndata: \\nthree\ndata:  and\\\ndata: n four\n',
    },
    text: 'one\ntwo\n\nthree and\\n four',
  },
  {
    name: 'has spaces at the start of its lines',
    behaviour: {
      kind: 'raw',
      body: 'data:   \ndata:   a\ndata:    b\ndata:  \ndata:  c \ndata:  \n',
    },
    text: 'a   b  c',
  },
  {
    name: 'mixes lines that carry nothing among the text',
    behaviour: {
      kind: 'raw',
      body: ': comment\n\nevent: ping\r\ndata: left\ndata: \n\ndata:none\ndata:  right',
    },
    text: 'left right',
  },
  {
    name: 'sends 5,000 lines at once',
    behaviour: { kind: 'text', text: LINES, pieces: 'whole' },
    text: LINES,
  },
];

it.each(rows)('shows and keeps the exact text when the service $name', async (row) => {
  const panel = await story.freshPanel();
  story.service.answerNext(row.behaviour);
  await send(panel, 'Say it exactly');
  const reply = await waitForReplyState(panel, 'done');
  expect(reply.text).toBe(row.text);
  await waitForStored(panel, row.text);
});

it('copies the text of a reply as the service wrote it, Markdown and all', async () => {
  const panel = await story.freshPanel();
  const text =
    '# Title\n\n- **one**\n- `two`\n\n```js\nif (a) {\n    b();\n}\n```\n\n| a | b |\n|---|---|';
  story.service.answerNext({ kind: 'text', text });
  await send(panel, 'Write Markdown');
  await waitForReplyState(panel, 'done');
  await story.aside.browser
    .defaultBrowserContext()
    .overridePermissions(`chrome-extension://${story.aside.extensionId}`, [
      'clipboard-read',
      'clipboard-write',
    ]);
  await clickButton(panel, 'Copy');
  await expect.poll(() => panel.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

it('keeps the text before the notice that the free limit is used up', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'try-limit', text: 'As far as I got' });
  await send(panel, 'Talk until the limit');
  const reply = await waitForReplyState(panel, 'failed');
  expect(reply.text).toBe('As far as I got');
  expect((await readNotice(panel)).text).toContain('free limit of AI-Chats.org is used up');
  await waitForStored(panel, 'As far as I got');
});

it('shows the Markdown of a reply as headings, lists, tables and code, and never as HTML', async () => {
  const panel = await story.freshPanel();
  const text = [
    '## Head',
    '- item [link](https://example.org/a "t") and [bad](javascript:alert(1))',
    '```js\nconst a = 1;\n```',
    '| x | y |\n|---|---|\n| 1 | 2 |',
    '<img src="https://example.org/p.png" onerror="alert(1)"> ![pic](https://example.org/q.png)',
  ].join('\n\n');
  story.service.answerNext({ kind: 'text', text });
  await send(panel, 'Write everything');
  await waitForReplyState(panel, 'done');
  const shown = await panel.$eval('article:last-of-type [data-message-text]', (element) => ({
    tags: ['h3', 'li', 'table', 'pre', 'img', 'script'].filter((tag) => element.querySelector(tag)),
    links: [...element.querySelectorAll('a')].map((link) => link.href),
  }));
  expect(shown.tags).toEqual(['h3', 'li', 'table', 'pre']);
  expect(shown.links).toEqual(['https://example.org/a', 'https://example.org/q.png']);
});

it('shows each turn of a conversation once and in order', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'First answer' });
  await send(panel, 'First prompt');
  await waitForReplyState(panel, 'done', { count: 1 });
  story.service.answerNext({ kind: 'text', text: 'Second answer' });
  await send(panel, 'Second prompt');
  await waitForReplyState(panel, 'done', { count: 2 });
  expect(await articles(panel)).toEqual([
    { role: 'user', state: 'done', text: 'First prompt' },
    { role: 'assistant', state: 'done', text: 'First answer' },
    { role: 'user', state: 'done', text: 'Second prompt' },
    { role: 'assistant', state: 'done', text: 'Second answer' },
  ]);
});

/** Every answer that is no answer: its sentence and its button, and what the button does. */
import { expect, it } from 'vitest';
import { stepped, type Behaviour, type PictureBehaviour } from '../stand-ins/ai-chats.ts';
import {
  clickButton,
  readNotice,
  readPicture,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

interface Row {
  name: string;
  behaviour: Behaviour;
  state?: 'failed' | 'interrupted';
  /** What is kept of the reply. */
  text?: string;
  says: string;
  /** The first button, "Try again" unless told. */
  helps?: string;
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };

const rows: Row[] = [
  {
    name: 'a free limit that is used up',
    behaviour: { kind: 'try-limit', text: 'So far' },
    text: 'So far',
    says: 'The free limit of AI-Chats.org is used up for now. Try later or with another model.',
  },
  {
    name: 'a limit before any text',
    behaviour: { kind: 'try-limit' },
    says: 'The free limit of AI-Chats.org is used up for now. Try later or with another model.',
  },
  {
    name: '429 with a time to wait',
    behaviour: { kind: 'status', status: 429, headers: { 'retry-after': '90' }, body: 'slow down' },
    says: 'The free limit of AI-Chats.org is used up. It asks to wait 1 min 30 s; another model may answer sooner.',
  },
  {
    name: '429 without a time',
    behaviour: { kind: 'status', status: 429 },
    says: 'The free limit of AI-Chats.org is used up for now. Try later or with another model.',
  },
  {
    name: '500',
    behaviour: { kind: 'status', status: 500, body: 'oops' },
    says: 'AI-Chats.org has a fault of its own. Try again in a moment.',
  },
  {
    name: '502 with a web page',
    behaviour: { kind: 'status', status: 502, headers: HTML, body: '<html>Bad gateway</html>' },
    says: 'AI-Chats.org has a fault of its own. Try again in a moment.',
  },
  {
    name: '503 without a web page',
    behaviour: { kind: 'status', status: 503, body: 'overloaded' },
    says: 'AI-Chats.org has a fault of its own. Try again in a moment.',
  },
  {
    name: 'a connection that is lost in the middle',
    behaviour: stepped('Half of an answer'),
    state: 'interrupted',
    text: 'Half of an',
    says: 'The answer was cut off: the connection to AI-Chats.org was lost.',
    helps: 'Continue',
  },
  {
    name: 'an empty reply',
    behaviour: { kind: 'empty' },
    says: 'AI-Chats.org sent an empty answer.',
  },
  {
    name: 'a reply of white space',
    behaviour: { kind: 'raw', body: 'data:  \ndata: \\n\ndata:   \n' },
    says: 'AI-Chats.org sent an empty answer.',
  },
];

it.each(rows)('tells $name in words, keeps what came, and can be tried again', async (row) => {
  const panel = await story.freshPanel();
  const isTriedAgain = row.behaviour.kind === 'status' && row.behaviour.status >= 500;
  story.service.answerNext(...Array.from({ length: isTriedAgain ? 3 : 1 }, () => row.behaviour), {
    kind: 'text',
    text: 'Now it works.',
  });
  await send(panel, 'Ask into trouble');
  if (row.behaviour.kind === 'stepped') {
    await row.behaviour.release(3);
    await waitForReplyText(panel, 'Half of an');
    await row.behaviour.cut();
  }
  const { text } = await waitForReplyState(panel, row.state ?? 'failed');
  expect(text).toBe(row.text ?? '');
  const notice = await readNotice(panel);
  expect(notice.text).toBe(row.says);
  expect(notice.buttons[0]).toBe(row.helps ?? 'Try again');
  await clickButton(panel, 'Try again');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Now it works.');
  expect(await panel.$('[role="alert"]')).toBeNull();
});

interface PictureRow {
  name: string;
  behaviour?: Behaviour;
  picture?: PictureBehaviour;
  says: string;
  /** Found under "Details". */
  details?: string;
}

const NO_PICTURE = 'What AI-Chats.org sent is no picture, or the picture is gone.';
const NOT_UNDERSTOOD = 'The answer of AI-Chats.org could not be understood.';

const pictureRows: PictureRow[] = [
  {
    name: 'a picture reply without an address',
    behaviour: { kind: 'image', body: { data: [], note: 'nothing here' } },
    says: NOT_UNDERSTOOD,
    details: 'nothing here',
  },
  {
    name: 'a picture reply that is no JSON',
    behaviour: { kind: 'image', body: 'garbage {' },
    says: NOT_UNDERSTOOD,
    details: 'garbage {',
  },
  {
    name: 'an empty picture reply',
    behaviour: { kind: 'image', body: '' },
    says: NOT_UNDERSTOOD,
  },
  {
    name: 'an address that is none of the web',
    behaviour: { kind: 'image-url', url: 'javascript:alert(1)' },
    says: NO_PICTURE,
  },
  { name: 'a picture that is gone', picture: { kind: 'gone' }, says: NO_PICTURE, details: '404' },
  { name: 'a web page for a picture', picture: { kind: 'html' }, says: NO_PICTURE },
  {
    name: 'a text that calls itself a picture',
    picture: { kind: 'bytes', contentType: 'image/png', bytes: Buffer.from('I am no picture') },
    says: NO_PICTURE,
    details: 'I am no picture',
  },
  {
    name: 'a picture without a byte',
    picture: { kind: 'bytes', contentType: 'image/png', bytes: new Uint8Array() },
    says: NO_PICTURE,
  },
  {
    name: 'a limit that stops a picture',
    behaviour: { kind: 'status', status: 429 },
    says: 'The free limit of AI-Chats.org is used up for now. Try later or with another model.',
  },
];

it.each(pictureRows)('tells $name in words and draws again on demand', async (row) => {
  const panel = await story.freshPanel('dalle');
  if (row.behaviour) story.service.answerNext(row.behaviour);
  if (row.picture) story.service.pictureNext(row.picture);
  await send(panel, `Draw ${row.name}`);
  await waitForReplyState(panel, 'failed');
  const notice = await readNotice(panel);
  expect(notice.text).toBe(row.says);
  if (row.details !== undefined) {
    await clickButton(panel, 'Details');
    await panel.waitForSelector(`[role="alert"] ::-p-text(${row.details})`);
  }
  await clickButton(panel, 'Try again');
  await waitForReplyState(panel, 'done');
  expect((await readPicture(panel)).alt).toBe(`Draw ${row.name}`);
});

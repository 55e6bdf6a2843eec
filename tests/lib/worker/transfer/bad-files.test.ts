/** Files that are foreign or damaged: refused with the place, and nothing is changed. */
import 'fake-indexeddb/auto';
import { unzipSync, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '@/lib/worker/transfer/bytes';
import { png } from '../../../fixtures/pictures';
import {
  backupOf,
  expectNothingChanged,
  faultOf,
  linesOf,
  zipOf,
  sampleLines,
  setUpOwnConversation,
} from '../../../transfer-files';

const { row, message, answer } = sampleLines;
setUpOwnConversation();

describe('a file that is no backup', () => {
  afterEach(expectNothingChanged);

  it.each<[string, () => Blob]>([
    ['nothing at all', () => new Blob([])],
    ['a picture with another name', () => new File([png], 'backup.zip')],
    ['a text', () => new Blob(['Dear diary'])],
    ['an empty list', () => new Blob(['[]'])],
    ['JSON of something else', () => new Blob(['{"name":"x","chat":[1,2]}'])],
    ['a list of something else', () => new Blob(['[{"a":1},{"b":2}]'])],
    ['a zip of something else', () => zipOf({ 'word/document.xml': '<xml/>' })],
    [
      'a backup of another program',
      () =>
        zipOf({
          'aside.json': '{"format":"other","version":1,"counts":{}}',
          'conversations.jsonl': '',
          'messages.jsonl': '',
        }),
    ],
    [
      'a backup of a later version',
      () =>
        zipOf({
          'aside.json': '{"format":"aside-backup","version":2}',
          'conversations.jsonl': '',
          'messages.jsonl': '',
        }),
    ],
  ])('is refused: %s', async (__, file) => {
    expect((await faultOf(file()))?.fault).toBe('unknown-format');
  });
});

describe('a damaged backup', () => {
  afterEach(expectNothingChanged);

  const changed = (changes: object) => backupOf([row], [{ ...message, ...changes }]);
  const image = { type: 'image', prompt: '' };
  const facts = { id: 'x', mediaType: 'image/png', bytes: 1, width: 1, height: 1 };

  it.each<[string, Blob, string]>([
    [
      'a line that is no JSON',
      backupOf([row], [], { 'messages.jsonl': '{"id":\n' }),
      'messages.jsonl, line 1',
    ],
    [
      'a last line that is cut',
      backupOf([row], [], { 'messages.jsonl': `${linesOf([message])}{"id"` }),
      'messages.jsonl, line 2',
    ],
    ['a line that is no object', backupOf([row], [[]]), 'messages.jsonl, line 1'],
    [
      'a text that is no UTF-8',
      backupOf([row], [], { 'messages.jsonl': Uint8Array.of(0xff, 10) }),
      'messages.jsonl: text',
    ],
    [
      'a number for a title',
      backupOf([{ ...row, title: 5 }], [message]),
      'conversations.jsonl, line 1: title',
    ],
    [
      'no title',
      backupOf([{ ...row, title: undefined }], [message]),
      'conversations.jsonl, line 1: title',
    ],
    [
      'a time that is none',
      backupOf([{ ...row, createdAt: 1e20 }], [message]),
      'conversations.jsonl, line 1: createdAt',
    ],
    [
      'a title by nobody',
      backupOf([{ ...row, titleBy: 'toString' }], [message]),
      'conversations.jsonl, line 1: titleBy',
    ],
    [
      'a temperature that is none',
      backupOf([{ ...row, options: { temperature: 'hot' } }], [message]),
      'conversations.jsonl, line 1: options: temperature',
    ],
    [
      'an effort that is none',
      backupOf([{ ...row, options: { effort: 'toString' } }], [message]),
      'conversations.jsonl, line 1: options: effort',
    ],
    [
      'tokens that are none',
      changed({ usage: { output: -1 } }),
      'messages.jsonl, line 1: usage: output',
    ],
    ['an id that is no text', changed({ id: 7 }), 'messages.jsonl, line 1: id'],
    ['an id without end', changed({ id: 'x'.repeat(201) }), 'messages.jsonl, line 1: id'],
    ['an id of blanks', changed({ id: ' ' }), 'messages.jsonl, line 1: id'],
    ['an unknown role', changed({ role: 'system' }), 'messages.jsonl, line 1: role'],
    ['an unknown state', changed({ state: 'constructor' }), 'messages.jsonl, line 1: state'],
    ['parts that are no list', changed({ parts: { length: 1 } }), 'messages.jsonl, line 1: parts'],
    [
      'an unknown part',
      changed({ parts: [{ type: 'script' }] }),
      'messages.jsonl, line 1: parts[0]: type',
    ],
    [
      'a thought without a beginning',
      changed({ parts: [{ type: 'reasoning', text: 'Hm' }] }),
      'messages.jsonl, line 1: parts[0]: startedAt',
    ],
    [
      'a picture by a path',
      changed({ parts: [{ ...image, image: { ...facts, id: '../../x' } }] }),
      'messages.jsonl, line 1: parts[0]: image: id',
    ],
    [
      'a picture of another type',
      changed({
        parts: [{ ...image, image: { ...facts, id: 'a'.repeat(64), mediaType: 'text/html' } }],
      }),
      'messages.jsonl, line 1: parts[0]: image: mediaType',
    ],
    ['its own predecessor', changed({ parentId: 'p' }), 'messages.jsonl, line 1: parentId'],
    [
      'a predecessor that is not there',
      changed({ parentId: 'nobody' }),
      'messages.jsonl, line 1: parentId',
    ],
    [
      'a circle',
      backupOf([row], [{ ...message, parentId: 'r' }, answer]),
      'messages.jsonl, line 1: parentId',
    ],
    [
      'a branch that is not there',
      backupOf([{ ...row, leafId: 'x' }], [message]),
      'conversations.jsonl, line 1: leafId',
    ],
    ['a line that stands twice', backupOf([row], [message, message]), 'messages.jsonl, line 2: id'],
    [
      'a conversation that stands twice',
      backupOf([row, { ...row, leafId: null }], [message]),
      'conversations.jsonl, line 2: id',
    ],
    [
      'a message of no conversation',
      backupOf([row], [message, { ...answer, conversationId: 'b' }]),
      'messages.jsonl, line 2: conversationId',
    ],
    [
      'fewer messages than it says',
      backupOf([{ ...row, leafId: null }], [message], { 'messages.jsonl': '' }),
      'aside.json: counts',
    ],
    [
      'no list of messages',
      backupOf([row], [], { 'messages.jsonl': undefined }),
      'messages.jsonl is missing',
    ],
    [
      'a picture that is another',
      backupOf([row], [message], { [`blobs/${'a'.repeat(64)}`]: png }),
      `blobs/${'a'.repeat(64)}: hash`,
    ],
    [
      'a way out of the folder',
      backupOf([row], [message], { '../../evil.txt': 'x' }),
      'unknown entry ../../evil.txt',
    ],
    [
      'a way out among the pictures',
      backupOf([row], [message], { 'blobs/../../evil': 'x' }),
      'unknown entry blobs/../../evil',
    ],
    [
      'a way from the root',
      backupOf([row], [message], { '/etc/passwd': 'x' }),
      'unknown entry /etc/passwd',
    ],
    [
      'an entry of another program',
      backupOf([row], [message], { 'readme.txt': 'x' }),
      'unknown entry readme.txt',
    ],
  ])('is refused with the place: %s', async (__, file, where) => {
    expect(await faultOf(file)).toEqual({ fault: 'damaged', where });
  });

  it('is refused when a picture is missing that it counts', async () => {
    const whole = unzipSync(
      new Uint8Array(
        await backupOf([row], [message], { [`blobs/${await sha256(png)}`]: png }).arrayBuffer(),
      ),
    );
    delete whole[`blobs/${await sha256(png)}`];
    expect(await faultOf(new Blob([zipSync(whole)]))).toEqual({
      fault: 'damaged',
      where: 'aside.json: blobs',
    });
  });
});

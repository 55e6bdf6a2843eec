/** Files that were cut, changed, or made to harm: refused or harmless, and nothing is lost. */
import 'fake-indexeddb/auto';
import { strToU8 } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { database } from '@/lib/worker/database';
import { sha256 } from '@/lib/worker/transfer/bytes';
import { chatModel, conversationOf, prompt } from '../../../samples';
import {
  backUp,
  backupOf,
  before,
  clearDatabase,
  expectNothingChanged,
  faultOf,
  fillDatabase,
  linesOf,
  readDatabase,
  restore,
  storeConversation,
  sampleLines,
  setUpOwnConversation,
} from '../../../transfer-files';

const { row, message, answer } = sampleLines;
setUpOwnConversation();

describe('a backup that was cut off', () => {
  afterEach(expectNothingChanged);

  it.each([
    ['plain', undefined],
    ['encrypted', 'secret'],
  ])('is refused wherever it was cut, %s', async (kind, passphrase) => {
    await fillDatabase();
    const file = await backUp(passphrase);
    await clearDatabase();
    await storeConversation(conversationOf([prompt('mine')], { id: 'mine' }));
    const step = Math.ceil(file.size / (kind === 'plain' ? 60 : 6));
    for (let size = 8; size < file.size; size += step) {
      const found = await faultOf(file.slice(0, size), passphrase);
      expect([size, found?.fault]).toEqual([size, 'damaged']);
    }
    expect((await faultOf(file.slice(0, file.size - 1), passphrase))?.fault).toBe('damaged');
  });

  it('is refused when bytes of it were changed', async () => {
    const file = new Uint8Array(await backupOf([row], [message, answer]).arrayBuffer());
    await restore(new Blob([file]));
    const whole = await readDatabase();
    let refused = 0;
    for (let at = 0; at < file.length; at += 7) {
      await clearDatabase();
      await storeConversation(conversationOf([prompt('mine')], { id: 'mine' }));
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const found = await faultOf(new Blob([changed]));
      if (found) refused += 1;
      // A byte of no meaning, such as the time of an entry, makes no difference.
      expect(await readDatabase()).toEqual(found ? before : whole);
    }
    expect(refused).toBeGreaterThan(file.length / 7 / 2);
    await clearDatabase();
    await storeConversation(conversationOf([prompt('mine')], { id: 'mine' }));
  });
});

/** An encrypted backup whose header was changed. */
async function withHeader(change: (header: Record<string, unknown>) => void) {
  const file = new Uint8Array(await (await backUp('secret')).arrayBuffer());
  const length = new DataView(file.buffer).getUint32(8);
  const header: Record<string, unknown> = JSON.parse(
    new TextDecoder().decode(file.subarray(12, 12 + length)),
  );
  change(header);
  const text = strToU8(JSON.stringify(header));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, text.length);
  return new Blob([file.slice(0, 8), size, text, file.slice(12 + length)]);
}

describe('an encrypted backup', () => {
  it.each([
    ['asks for a billion rounds', 'damaged', { iterations: 1e9 }],
    ['asks for one round', 'damaged', { iterations: 1 }],
    ['asks for half a round', 'damaged', { iterations: 600_000.5 }],
    ['names no salt', 'damaged', { salt: undefined }],
    ['has a salt that is no base64', 'damaged', { salt: '***' }],
    ['has another salt', 'passphrase', { salt: 'AAAAAAAAAAAAAAAAAAAAAA==' }],
    ['is of a later version', 'unknown-format', { version: 2 }],
    ['is made in another way', 'damaged', { cipher: 'ROT13' }],
  ])('that %s is refused: %s', async (__, fault, changes) => {
    const file = await withHeader((header) => Object.assign(header, changes));
    expect((await faultOf(file, 'secret'))?.fault).toBe(fault);
  });

  it('that is only a beginning is refused', async () => {
    expect((await faultOf(new Blob(['ASIDEENC'])))?.fault).toBe('damaged');
    expect((await faultOf(new Blob(['ASIDEENC\u007f\u007f\u007f\u007f{}'])))?.fault).toBe(
      'damaged',
    );
  });

  it('in which one bit was changed is refused', async () => {
    const file = new Uint8Array(await (await backUp('secret')).arrayBuffer());
    file[file.length - 40] = (file[file.length - 40] ?? 0) ^ 1;
    expect(await faultOf(new Blob([file]), 'secret')).toEqual({
      fault: 'damaged',
      where: 'encrypted chunk 1 of 1',
    });
  });
});

/** A backup whose directory tells another size of the messages than they have. */
async function withClaimedSize(size: number) {
  const bytes = new Uint8Array(await backupOf([row], [message, answer]).arrayBuffer());
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 46; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + 14));
    if (name === 'messages.jsonl') view.setUint32(at + 24, size, true);
  }
  return new Blob([bytes]);
}

describe('a hostile backup', () => {
  it('that claims a gigabyte with a small body is refused at once', async () => {
    expect(await faultOf(await withClaimedSize(2 ** 30))).toEqual({
      fault: 'too-large',
      where: 'messages.jsonl',
    });
    await expectNothingChanged();
  });

  it('that gives more than it claims is refused as soon as it does', async () => {
    expect(await faultOf(await withClaimedSize(10))).toEqual({
      fault: 'damaged',
      where: 'messages.jsonl: longer than it says',
    });
    await expectNothingChanged();
  });

  it('that gives less than it claims is refused', async () => {
    expect((await faultOf(await withClaimedSize(100_000)))?.fault).toBe('damaged');
    await expectNothingChanged();
  });

  it('that unpacks to a thousand times its size is refused before it is unpacked', async () => {
    const bomb = new Uint8Array(80 * 1024 * 1024);
    const found = await faultOf(backupOf([row], [message], { 'messages.jsonl': bomb }));
    expect(found).toEqual({ fault: 'too-large', where: 'messages.jsonl' });
    await expectNothingChanged();
  });

  it('with a line without end is refused', async () => {
    const long = `"${'x'.repeat(17 * 1024 * 1024)}"\n`;
    expect(await faultOf(backupOf([row], [], { 'messages.jsonl': long }))).toEqual({
      fault: 'too-large',
      where: 'messages.jsonl, line 1',
    });
    await expectNothingChanged();
  });

  it('with lists in lists without end is refused', async () => {
    const deep = `{"conversationId":"a","parts":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
    expect((await faultOf(backupOf([row], [], { 'messages.jsonl': deep })))?.fault).toBe('damaged');
    await expectNothingChanged();
  });

  it('changes no prototype and brings no unknown field along', async () => {
    const evil =
      '"__proto__":{"isEvil":true},"constructor":{"prototype":{"isEvil":true}},"isEvil":true';
    const lines = (values: object[]) => linesOf(values).replaceAll(/^\{/gmu, `{${evil},`);
    const file = backupOf([row], [message], {
      'conversations.jsonl': lines([row]),
      'messages.jsonl': lines([message]),
    });
    expect(await restore(file)).toEqual({ added: 1, merged: 0, skipped: 0 });
    expect({}).not.toHaveProperty('isEvil');
    expect(await database.conversations.get('a')).toEqual(row);
    expect(await database.messages.get('p')).not.toHaveProperty('isEvil');
  });

  it('brings scripts in titles and texts in as the texts that they are', async () => {
    const script = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    const parts = [{ type: 'text', text: script }];
    await restore(backupOf([{ ...row, title: script }], [{ ...message, parts }]));
    expect((await database.conversations.get('a'))?.title).toBe(script);
    expect(await database.parts.get(['p', 0])).toMatchObject({ text: script });
  });

  it('takes nothing from a conversation whose message ids it uses', async () => {
    const stolen = { ...message, id: 'mine', parts: [{ type: 'text', text: 'stolen' }] };
    await restore(backupOf([{ ...row, leafId: 'mine' }], [stolen]));
    const after = await readDatabase();
    expect(after.messages).toEqual(expect.arrayContaining(before.messages));
    expect(after.parts).toEqual(expect.arrayContaining(before.parts));
    const [added] = await database.messages.where({ conversationId: 'a' }).toArray();
    expect((await database.conversations.get('a'))?.leafId).toBe(added?.id);
  });

  it('with an error of a kind that nobody knows brings it in as unforeseen', async () => {
    const failed = { ...answer, state: 'failed', error: { kind: 'toString', detail: 'x' } };
    await restore(backupOf([row], [message, failed]));
    expect((await database.messages.get('r'))?.error).toEqual({ kind: 'unexpected', detail: 'x' });
  });

  it('cannot bring in a page as a picture', async () => {
    const page = strToU8('<script>alert(1)</script>');
    const id = await sha256(page);
    const info = { id, mediaType: 'image/svg+xml', bytes: page.length, width: 1, height: 1 };
    const parts = [{ type: 'image', prompt: '', image: info }];
    await restore(
      backupOf([row], [{ ...message, parts, model: chatModel }], { [`blobs/${id}`]: page }),
    );
    expect((await database.blobs.get(id))?.bytes.type).toBe('application/octet-stream');
  });
});

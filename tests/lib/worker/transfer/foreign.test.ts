/** Files of other programs; tests/fixtures/foreign/README.md says where their form is from. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import { activeBranch, versionsOf } from '@/lib/message-tree';
import { database } from '@/lib/worker/database';
import { readConversation } from '@/lib/worker/rows';
import { clearDatabase, faultOf, readDatabase, restore, zipOf } from '../../../transfer-files';

const fixture = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/foreign', `${name}.json`), 'utf8');

beforeEach(clearDatabase);

async function conversationNamed(title: string) {
  const row = await database.conversations.filter((found) => found.title === title).first();
  const conversation = row && (await readConversation(row.id));
  if (!conversation) throw new Error(`there is no ${title}`);
  return conversation;
}

const said = (messages: Message[]) => messages.map((one) => [one.role, textOf(one)]);

describe('ChatGPT', () => {
  it('keeps the tree, without what was never shown', async () => {
    expect(await restore(new Blob([fixture('chatgpt')]))).toEqual({
      added: 2,
      merged: 0,
      skipped: 0,
    });
    const conversation = await conversationNamed('Comets');
    expect(said(activeBranch(conversation))).toEqual([
      ['user', 'What is a comet made of?'],
      ['assistant', 'Ice and dust.'],
      ['assistant', 'And rock.'],
      ['user', 'And this one?'],
    ]);
    const [first, second] = activeBranch(conversation);
    const versions = (message?: Message) =>
      message && versionsOf(conversation, message).map((one) => textOf(one));
    expect(versions(first)).toEqual(['What is a comet?', 'What is a comet made of?']);
    expect(versions(second)).toEqual(['Ice.', 'Ice and dust.']);
    expect(conversation.messages).toHaveLength(7);
  });

  it('keeps times, title and models', async () => {
    await restore(new Blob([fixture('chatgpt')]));
    const conversation = await conversationNamed('Comets');
    expect(conversation).toMatchObject({
      createdAt: 1_700_000_000_500,
      updatedAt: 1_700_000_020_750,
      model: { provider: 'imported', model: 'gpt-4o' },
      preview: 'And rock.',
    });
    const old = conversation.messages.find((message) => textOf(message) === 'A ball of ice.');
    expect(old).toMatchObject({
      createdAt: 1_700_000_002_500,
      state: 'done',
      model: { provider: 'imported', model: 'gpt-4' },
    });
  });

  it('ends the branch before what is not taken over', async () => {
    const [conversation] = JSON.parse(fixture('chatgpt'));
    conversation.current_node = 'tool';
    await restore(new Blob([JSON.stringify([conversation])]));
    const branch = activeBranch(await conversationNamed('Comets'));
    expect(branch.map((one) => textOf(one))).toEqual(['What is a comet made of?', 'Ice and dust.']);
  });

  it('is also read out of the zip that is downloaded, alone or in parts', async () => {
    const [first, second]: unknown[] = JSON.parse(fixture('chatgpt'));
    const zip = zipOf({
      'chat.html': '<script>alert(1)</script>',
      '../../user.json': '{}',
      'export/conversations-000.json': JSON.stringify([first]),
      'export/conversations-001.json': JSON.stringify([second]),
    });
    expect(await restore(zip)).toEqual({ added: 2, merged: 0, skipped: 0 });
    const whole = await readDatabase();
    await clearDatabase();
    await restore(zipOf({ 'conversations.json': fixture('chatgpt') }));
    expect(await readDatabase()).toEqual(whole);
  });

  it('survives nodes that hang on each other in a circle, or on nothing', async () => {
    const [conversation] = JSON.parse(fixture('chatgpt'));
    const { mapping } = conversation;
    mapping.a1.parent = 'q1';
    mapping.q1.parent = 'a1';
    mapping.q1b.parent = 'nobody';
    await restore(new Blob([JSON.stringify([conversation])]));
    expect(said(activeBranch(await conversationNamed('Comets')))[0]).toEqual([
      'user',
      'What is a comet made of?',
    ]);
  });
});

describe('ChatGPTBox', () => {
  it.each([
    ['its list of sessions', (list: string) => list],
    [
      'all its data',
      (list: string) => `{"apiKey":"secret","sessions":${list},"userLanguage":"en"}`,
    ],
  ])('is read from %s', async (_, wrap) => {
    expect(await restore(new Blob([wrap(fixture('chatgptbox'))]))).toEqual({
      added: 1,
      merged: 0,
      skipped: 0,
    });
    const conversation = await conversationNamed('Rust');
    expect(said(activeBranch(conversation))).toEqual([
      ['user', 'What is rust?'],
      ['assistant', 'Iron oxide.'],
      ['user', 'And patina?'],
      ['assistant', 'Copper carbonate.'],
    ]);
    expect(conversation).toMatchObject({
      createdAt: Date.UTC(2024, 1, 3, 4, 5, 6),
      updatedAt: Date.UTC(2024, 1, 3, 5),
      model: { provider: 'imported', model: 'ChatGPT (GPT-4o)' },
    });
  });
});

describe('Page Assist', () => {
  it('is read in the order of its times, without keys and instructions', async () => {
    expect(await restore(new Blob([fixture('page-assist')]))).toEqual({
      added: 1,
      merged: 0,
      skipped: 0,
    });
    const conversation = await conversationNamed('Ferns');
    expect(said(activeBranch(conversation))).toEqual([
      ['user', 'How do ferns spread?'],
      ['assistant', 'By spores.'],
    ]);
    expect(conversation).toMatchObject({
      isPinned: true,
      createdAt: 1_710_000_002_000,
      updatedAt: 1_710_000_009_000,
      model: { provider: 'imported', model: 'Llama 3.2' },
    });
    expect(JSON.stringify(await readDatabase())).not.toContain('not-to-be-imported');
  });
});

describe('every one of them', () => {
  const programs = ['chatgpt', 'chatgptbox', 'page-assist'];

  it.each(programs)('%s doubles nothing the second time', async (program) => {
    const file = new Blob([fixture(program)]);
    const { added } = await restore(file);
    const before = await readDatabase();
    expect(await restore(file)).toEqual({ added: 0, merged: 0, skipped: added });
    expect(await readDatabase()).toEqual(before);
  });

  it.each(programs)('%s is refused wherever it was cut, and changes nothing', async (program) => {
    const file = new Blob([fixture(program).trimEnd()]);
    for (let size = 2; size < file.size; size += 97) {
      expect((await faultOf(file.slice(0, size)))?.fault).toMatch(/damaged|unknown-format/u);
    }
    expect(await database.conversations.count()).toBe(0);
  });

  it.each(programs)('%s is read the same from a file on one line', async (program) => {
    await restore(new Blob([fixture(program)]));
    const before = await readDatabase();
    await clearDatabase();
    await restore(new Blob([JSON.stringify(JSON.parse(fixture(program)))]));
    expect(await readDatabase()).toEqual(before);
  });

  it.each(programs)('%s is refused when a conversation in it is no such thing', async (program) => {
    const text = fixture(program).replace(
      /"(?:mapping|conversationRecords|messages)": [[{]/u,
      '$&"x",',
    );
    const found = await faultOf(new Blob([text]));
    expect(found?.fault).toBe('damaged');
    expect(await database.conversations.count()).toBe(0);
  });
});

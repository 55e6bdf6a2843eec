/** Whether what is in the database fits together. */
import { database, type BlobRow, type MessageRow } from './database';

/** What is wrong, a sentence of plain English each; empty when all is well. */
export async function checkDatabase(): Promise<string[]> {
  const { conversations, messages, parts, blobs, jobs, indexedMessages } = database;
  const tables = [conversations, messages, parts, blobs, jobs, indexedMessages];
  const rows = await database.transaction('r', tables, async () => ({
    conversations: await conversations.toArray(),
    messages: await messages.toArray(),
    partKeys: await parts.toCollection().primaryKeys(),
    imageIds: (await parts.orderBy('image.id').uniqueKeys()).filter((id) => typeof id === 'string'),
    blobIds: await blobs.toCollection().primaryKeys(),
    jobs: await jobs.toArray(),
    indexed: await indexedMessages.toArray(),
  }));
  const conversationIds = new Set(rows.conversations.map(({ id }) => id));
  const messageIds = new Set(rows.messages.map(({ id }) => id));
  const blobIds = new Set(rows.blobIds);
  const replying = new Set(rows.jobs.filter(({ kind }) => kind === 'reply').map(messageOf));
  const indexing = new Set(rows.jobs.filter(({ kind }) => kind === 'index').map(messageOf));
  return [
    ...rows.messages.flatMap((message) => [
      ...told(!conversationIds.has(message.conversationId), message.id, 'has no conversation'),
      ...told(message.state === 'streaming' && !replying.has(message.id), message.id, 'never ends'),
    ]),
    ...[...Map.groupBy(rows.messages, ({ conversationId }) => conversationId).values()].flatMap(
      checkTree,
    ),
    ...rows.conversations.flatMap(({ id, leafId }) =>
      told(leafId !== null && !messageIds.has(leafId), id, 'shows a message that is not there'),
    ),
    ...rows.partKeys.flatMap(([id]) => told(!messageIds.has(id), id, 'has parts and is not there')),
    ...rows.imageIds.flatMap((id) => told(!blobIds.has(id), id, 'has no bytes')),
    ...rows.indexed.flatMap(({ messageId }) =>
      told(
        !messageIds.has(messageId) && !indexing.has(messageId),
        messageId,
        'can be found and is not there',
      ),
    ),
    ...(await checkBlobs()),
  ];
}

function messageOf({ messageId = '' }: { messageId?: string }): string {
  return messageId;
}

/** Every message follows one of its own conversation, and each has a place of its own. */
function checkTree(messages: MessageRow[]): string[] {
  const ids = new Set(messages.map(({ id }) => id));
  const places = new Set<number>();
  return messages.flatMap(({ id, parentId, position }) => {
    const isShared = places.has(position);
    places.add(position);
    return [
      ...told(parentId !== null && !ids.has(parentId), id, 'follows a message that is not there'),
      ...told(isShared, id, 'shares its place with another'),
    ];
  });
}

/** One after the other: together they may be larger than the memory. */
async function checkBlobs(): Promise<string[]> {
  const wrong: string[] = [];
  await database.blobs.toCollection().each(({ id, bytes, size }: BlobRow) => {
    if (bytes.size !== size) wrong.push(`Picture ${id} has lost bytes.`);
  });
  return wrong;
}

function told(isWrong: boolean, id: string, what: string): string[] {
  return isWrong ? [`${id} ${what}.`] : [];
}

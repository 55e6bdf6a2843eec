/**
 * Chats of Page Assist's export file: in the field `chat`, each a `history` with its `messages`.
 * https://github.com/n4ze3m/page-assist/blob/main/src/libs/export-import.ts
 */
import type { Conversation, Message } from '../../conversation';
import { Fields, isRecord } from './fields';
import {
  importedConversation,
  importedId,
  importedMessage,
  importedModel,
  importedText,
  importedTime,
} from './foreign';

const PROGRAM = 'Page Assist';

export function isPageAssist(value: unknown): boolean {
  return isRecord(value) && isRecord(value['history']);
}

/** Throws `damaged` for anything but a chat of Page Assist. */
export async function fromPageAssist(value: unknown, where: string): Promise<Conversation> {
  const fields = new Fields(value, where);
  const history = fields.fields('history');
  const chatId = history.text('id');
  const createdAt = importedTime(history.value('createdAt'), 0);
  const messages: Message[] = [];
  // The file has them in no order of its own.
  const sorted = fields
    .list('messages')
    .map((message) => ({ message, at: importedTime(message.value('createdAt'), createdAt) }))
    .toSorted((one, other) => one.at - other.at);
  const seen = new Set<string>();
  for (const { message, at } of sorted) {
    const role = message.value('role');
    const id = await importedId(PROGRAM, chatId, message.text('id'));
    if ((role !== 'user' && role !== 'assistant') || seen.has(id)) continue;
    seen.add(id);
    const parentId = messages.at(-1)?.id ?? null;
    const text = importedText(message.value('content'));
    const name = importedText(message.value('modelName')) || message.value('name');
    const model = importedModel(name, PROGRAM);
    messages.push(importedMessage({ id, parentId, role, text, createdAt: at }, model));
  }
  return importedConversation(
    {
      id: await importedId(PROGRAM, chatId),
      title: importedText(history.value('title')),
      createdAt: Math.min(createdAt, messages[0]?.createdAt ?? createdAt),
      updatedAt: Math.max(createdAt, messages.at(-1)?.createdAt ?? 0),
      messages,
      leafId: messages.at(-1)?.id ?? null,
      isPinned: history.value('is_pinned') === true,
    },
    PROGRAM,
  );
}

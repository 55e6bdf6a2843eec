/**
 * Sessions of ChatGPTBox: a list of them ("Export" in its conversation page), or the field `sessions`
 * of all that it stores ("Export All Data"). A session is questions with their answers.
 * https://github.com/ChatGPTBox-dev/chatGPTBox/blob/master/src/services/init-session.mjs
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

const PROGRAM = 'ChatGPTBox';

export function isChatGptBox(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['conversationRecords']);
}

/** Throws `damaged` for anything but a session; undefined for one in which nothing was said. */
export async function fromChatGptBox(
  value: unknown,
  where: string,
): Promise<Conversation | undefined> {
  const fields = new Fields(value, where);
  const sessionId = fields.text('sessionId');
  const records = fields.list('conversationRecords');
  if (records.length === 0) return undefined;
  const createdAt = importedTime(fields.value('createdAt'), 0);
  const name = importedText(fields.value('aiName')) || fields.value('modelName');
  const model = importedModel(name, PROGRAM);
  const messages: Message[] = [];
  const add = async (role: Message['role'], text: string) => {
    const id = await importedId(PROGRAM, sessionId, String(messages.length));
    const parentId = messages.at(-1)?.id ?? null;
    messages.push(importedMessage({ id, parentId, role, text, createdAt }, model));
  };
  for (const record of records) {
    await add('user', importedText(record.value('question')));
    await add('assistant', importedText(record.value('answer')));
  }
  return importedConversation(
    {
      id: await importedId(PROGRAM, sessionId),
      title: importedText(fields.value('sessionName')) || firstLine(messages),
      createdAt,
      updatedAt: Math.max(createdAt, importedTime(fields.value('updatedAt'), createdAt)),
      messages,
      leafId: messages.at(-1)?.id ?? null,
    },
    PROGRAM,
  );
}

function firstLine([first]: Message[]): string {
  const [part] = first?.parts ?? [];
  return part?.type === 'text' ? (part.text.trim().split('\n')[0] ?? '').slice(0, 80) : '';
}

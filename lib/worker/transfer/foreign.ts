/** What conversations of other programs become here. */
import type { Conversation, Message, ModelRef } from '../../conversation';
import { previewOf } from '../../message-text';
import { sha256 } from './bytes';

/** No provider of ours: the name of the model alone says who answered. */
const PROVIDER = 'imported';

/** A model of another program, by its name there. */
export function importedModel(name: unknown, program: string): ModelRef {
  return { provider: PROVIDER, model: typeof name === 'string' && name ? name : program };
}

/** An id that is always the same for the same names: a second import doubles nothing. */
export function importedId(...names: string[]): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify(names)));
}

/** A time of another program as milliseconds since the epoch; `fallback` for what is none. */
export function importedTime(value: unknown, fallback: number): number {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  const isTime = typeof time === 'number' && time > 0 && time <= 8.64e15;
  return isTime ? Math.round(time) : fallback;
}

export function importedText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function importedMessage(
  facts: Pick<Message, 'id' | 'parentId' | 'role' | 'createdAt'> & { text: string },
  model: ModelRef,
): Message {
  const { text, ...message } = facts;
  return {
    ...message,
    parts: [{ type: 'text', text }],
    state: 'done',
    ...(message.role === 'assistant' && { model, endedAt: message.createdAt }),
  };
}

export function importedConversation(
  facts: Pick<Conversation, 'id' | 'title' | 'createdAt' | 'updatedAt' | 'messages' | 'leafId'> & {
    isPinned?: boolean;
  },
  program: string,
): Conversation {
  const { isPinned = false } = facts;
  const reply = facts.messages.findLast(({ role }) => role === 'assistant');
  return {
    ...facts,
    titleBy: 'person',
    model: reply?.model ?? importedModel(undefined, program),
    queue: [],
    preview: reply ? previewOf(reply) : '',
    isPinned,
    folder: '',
    isUnread: false,
  };
}

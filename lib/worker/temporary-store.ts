/**
 * Temporary chats: in the browser's session storage, which is memory and never disk, so that they
 * outlive a worker that was ended for idling, and nothing else.
 */
import { storage } from '@wxt-dev/storage';
import type { Conversation, Message } from '../conversation';
import { reportStorageFailure } from './storage-trouble';

const PREFIX = 'session:temporary:';

export async function readTemporary(id: string): Promise<Conversation | null> {
  const kept = await storage.getItem<Conversation>(`${PREFIX}${id}`);
  return kept && { ...kept, messages: kept.messages.map(asCutOff) };
}

/** A reply that was running when its worker was ended: nobody runs it any more. */
function asCutOff({ retry: _, ...message }: Message): Message {
  if (message.state !== 'streaming') return message;
  return { ...message, state: 'interrupted', error: { kind: 'interrupted' }, endedAt: Date.now() };
}

export async function writeTemporary(conversation: Conversation): Promise<void> {
  await storage.setItem(`${PREFIX}${conversation.id}`, conversation).catch(reportStorageFailure);
}

export function removeTemporary(id: string): Promise<void> {
  return storage.removeItem(`${PREFIX}${id}`);
}

/** Ids of all temporary chats that are kept. */
export async function listTemporary(): Promise<string[]> {
  const kept = await storage.snapshot('session');
  const prefix = PREFIX.replace('session:', '');
  return Object.keys(kept)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

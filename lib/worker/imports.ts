/** What an import has written is taken over by conversations that are in memory, and by pages. */
import { countUnread } from './badge';
import { forgetConversation, openConversations, type OpenConversation } from './conversation-store';
import { broadcast, publish, renewSnapshots } from './ports';
import { readConversation } from './rows';
import { scheduleIndexing } from './search-index';

/** Takes over conversations that are new in the database or have got messages there. */
export async function adoptImported(conversationIds: string[]): Promise<void> {
  const imported = new Set(conversationIds);
  for (const opened of await openConversations()) {
    if (imported.has(opened.conversation.id)) await adopt(opened);
  }
  broadcast({ type: 'conversations-gone', ids: null });
  scheduleIndexing();
  await countUnread();
}

async function adopt(opened: OpenConversation): Promise<void> {
  const { id } = opened.conversation;
  if (opened.conversation.messages.length === 0) {
    await forgetConversation(id);
    return renewSnapshots(id);
  }
  const stored = await readConversation(id);
  // Only now: meanwhile a prompt may have been added and saved.
  const known = new Set(opened.conversation.messages.map((message) => message.id));
  const missing = stored?.messages.filter((message) => !known.has(message.id)) ?? [];
  // Their places in the database are given anew with the next save: a reply may have come between.
  if (missing.length > 0) publish(opened, { type: 'messages-merge', messages: missing });
}

/** Deleting, and taking it back. */
import { sendMessage } from '../messages';
import { openConversation } from './actions';
import { chatStore } from './chat-store';

/** Deletes a message of the conversation that is shown; the undo bar offers it back. */
export async function deleteMessage(messageId: string): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  const request = { conversationId: conversation.id, messageId };
  await sendMessage('deleteMessage', request);
  chatStore.setState({ deletion: { kind: 'message', ...request } });
}

/** Deletes a conversation; the undo bar offers it back. */
export async function deleteConversation(conversationId: string): Promise<void> {
  await sendMessage('deleteConversation', { conversationId });
  chatStore.setState({ deletion: { kind: 'conversation', conversationId } });
}

/** Takes the last deletion back and shows what was deleted. */
export async function undoDeletion(): Promise<void> {
  const { deletion } = chatStore.getState();
  if (!deletion) return;
  const { conversationId } = deletion;
  chatStore.setState({ deletion: null });
  if (deletion.kind === 'message') {
    await sendMessage('restoreMessage', { conversationId, messageId: deletion.messageId });
  } else {
    await sendMessage('restoreConversation', { conversationId });
    openConversation(conversationId);
  }
}

/** Time is up: there is nothing to take back any more. */
export function forgetDeletion(): void {
  chatStore.setState({ deletion: null });
}

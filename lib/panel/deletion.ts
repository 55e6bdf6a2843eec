/** Deleting, and taking it back. */
import { sendMessage } from '../messages';
import { changeConversation, openConversation, tellFailure } from './actions';
import { chatStore } from './chat-store';

/** Deletes a message of the conversation that is shown; the undo bar offers it back. */
export async function deleteMessage(messageId: string): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  const request = { conversationId: conversation.id, messageId };
  try {
    await sendMessage('deleteMessage', request);
    chatStore.setState({ deletion: { kind: 'message', ...request }, isActionFailed: false });
  } catch {
    tellFailure();
  }
}

/** Deletes a conversation; the undo bar offers it back. Throws when the worker could not. */
export async function deleteConversation(conversationId: string): Promise<void> {
  await sendMessage('deleteConversation', { conversationId });
  chatStore.setState({ deletion: { kind: 'conversation', conversationId } });
}

/**
 * Takes the last deletion back; it stays on offer when that failed. A message is shown. A conversation
 * is where it was: in the list, and in the chat unless another was begun there since.
 */
export async function undoDeletion(): Promise<void> {
  const { deletion } = chatStore.getState();
  if (!deletion) return;
  const { conversationId } = deletion;
  chatStore.setState({ deletion: null });
  try {
    await (deletion.kind === 'message'
      ? sendMessage('restoreMessage', { conversationId, messageId: deletion.messageId })
      : sendMessage('restoreConversation', { conversationId }));
    if (deletion.kind === 'message') openConversation(conversationId);
    else if (isStillReplaced(conversationId)) changeConversation(conversationId);
  } catch {
    chatStore.setState({ deletion });
    tellFailure();
  }
}

/** Whether the chat shows what took the conversation's place, with nothing in it. */
function isStillReplaced(conversationId: string): boolean {
  const { conversation, replaced } = chatStore.getState();
  return (
    replaced?.gone === conversationId &&
    replaced.by === conversation?.id &&
    conversation.messages.length === 0
  );
}

/** Time is up: there is nothing to take back any more. */
export function forgetDeletion(): void {
  chatStore.setState({ deletion: null });
}

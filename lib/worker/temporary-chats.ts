/** A temporary chat lives as long as a page shows it. */
import { isTemporary } from '../conversation';
import { imageIdsOf } from '../message-text';
import { forgetConversation, openConversation } from './conversation-store';
import { forgetImages } from './image-data';
import { followLeaving, isWatched } from './ports';
import { stopReply } from './replies';
import { listTemporary, removeTemporary } from './temporary-store';

/** Long enough for a page whose port broke, or whose worker was ended, to come back. */
const GRACE = 5000;

/** Ends temporary chats a moment after their last page has gone. */
export function endTemporaryChats(): void {
  followLeaving(endLater);
  // Those whose page closed while no worker lived.
  void listTemporary().then((ids) => ids.forEach(endLater));
}

function endLater(conversationId: string): void {
  if (!isTemporary({ id: conversationId })) return;
  setTimeout(() => void endIfLeft(conversationId), GRACE);
}

async function endIfLeft(conversationId: string): Promise<void> {
  if (isWatched(conversationId)) return;
  if (await isHeld(conversationId)) return endLater(conversationId);
  const { conversation } = await openConversation(conversationId);
  const running = conversation.messages.filter(({ state }) => state === 'streaming');
  await Promise.all(running.map(({ id }) => stopReply(id)));
  await forgetConversation(conversationId);
  forgetImages(conversation.messages.flatMap(imageIdsOf));
  await removeTemporary(conversationId);
}

/** A hidden page has no connection once its worker was ended, but it holds its lock until it closes. */
async function isHeld(conversationId: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === conversationId);
}

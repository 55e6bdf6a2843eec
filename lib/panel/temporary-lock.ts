/**
 * A page that shows a temporary chat says so by a lock, which it holds also while it is hidden and
 * has no connection; the browser lets go of it when the page closes.
 */
import { isTemporary } from '../conversation';
import { chatStore } from './chat-store';

let held: { id: string; release: () => void } | undefined;

/** Holds the lock of whatever temporary chat the page shows. */
export function holdTemporaryChats(): void {
  chatStore.subscribe(({ conversation }) => {
    if (conversation?.id === held?.id) return;
    releaseTemporaryChat();
    if (conversation && isTemporary(conversation)) hold(conversation.id);
  });
}

export function releaseTemporaryChat(): void {
  held?.release();
  held = undefined;
}

function hold(id: string): void {
  const { promise, resolve } = Promise.withResolvers<void>();
  held = { id, release: resolve };
  void navigator.locks.request(id, { mode: 'shared' }, () => promise);
}

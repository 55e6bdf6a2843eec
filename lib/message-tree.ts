/**
 * The tree of a conversation's messages: versions of one turn are siblings, and one branch is shown.
 * A deleted message keeps its place, since others may hang on it.
 */
import type { Conversation, Message } from './conversation';

/** As much of a conversation as its tree needs. */
export type Tree = Pick<Conversation, 'messages' | 'leafId'>;

/** All messages of the branch that is shown, deleted ones too, first to last. */
export function activeBranch(tree: Tree): Message[] {
  return branchTo(tree, tree.leafId);
}

/** The messages from the root to the one named, it included. */
export function branchTo({ messages }: Tree, messageId: string | null): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: Message[] = [];
  for (let id = messageId; id !== null;) {
    const message = byId.get(id);
    if (!message) break;
    branch.push(message);
    // Guards against a stored message that is its own ancestor.
    byId.delete(id);
    id = message.parentId;
  }
  return branch.toReversed();
}

/**
 * The versions of one turn that can be looked at, the message itself included, oldest first: those
 * that are there, and deleted ones on which something that is there hangs.
 */
export function versionsOf(tree: Tree, message: Message): Message[] {
  const siblings = tree.messages.filter(({ parentId }) => parentId === message.parentId);
  if (siblings.every(({ deletedAt }) => deletedAt === undefined)) return siblings;
  const reachable = reachableIn(tree);
  return siblings.filter(({ id }) => id === message.id || reachable.has(id));
}

/** The newest message below the given one that is not deleted (itself, when nothing follows it). */
export function newestLeafBelow(tree: Tree, messageId: string): string {
  const reachable = reachableIn(tree);
  const followers = Map.groupBy(tree.messages, ({ parentId }) => parentId);
  let leaf = messageId;
  // No way is longer than there are messages, even through a stored tree that bites its tail.
  for (let step = 0; step < tree.messages.length; step += 1) {
    const next = followers.get(leaf)?.findLast(({ id }) => reachable.has(id));
    if (!next) break;
    leaf = next.id;
  }
  return leaf;
}

/** The reply that is still running, on whatever branch. */
export function streamingReply({ messages }: Tree): Message | undefined {
  return messages.findLast((message) => message.state === 'streaming');
}

/** Whether messages follow on the last one shown: the person went back to an earlier place. */
export function isMidway(tree: Tree): boolean {
  const followers = tree.messages.filter(({ parentId }) => parentId === tree.leafId);
  if (followers.length === 0) return false;
  const reachable = reachableIn(tree);
  return followers.some(({ id }) => reachable.has(id));
}

/** Where the shown branch ends after its last message was deleted: another version, or what came before. */
export function leafAfterDeletion(tree: Tree, deletedId: string): string | null {
  const deleted = tree.messages.find(({ id }) => id === deletedId);
  if (!deleted) return tree.leafId;
  const version = versionsOf(tree, deleted).findLast(({ id }) => id !== deletedId);
  if (version) return newestLeafBelow(tree, version.id);
  return branchTo(tree, deleted.parentId).findLast(({ deletedAt }) => !deletedAt)?.id ?? null;
}

/** Ids of the messages that are there, and of deleted ones on which something that is there hangs. */
function reachableIn({ messages }: Tree): Set<string> {
  const reachable = new Set<string>();
  const parents = new Map(messages.map(({ id, parentId }) => [id, parentId]));
  for (const { id, deletedAt } of messages) {
    if (deletedAt !== undefined) continue;
    for (let up: string | null | undefined = id; up && !reachable.has(up); up = parents.get(up)) {
      reachable.add(up);
    }
  }
  return reachable;
}

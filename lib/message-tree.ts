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
  return tree.messages.filter(
    (other) =>
      other.parentId === message.parentId && (other.id === message.id || isReachable(tree, other)),
  );
}

/** The newest message below the given one that is not deleted (itself, when nothing follows it). */
export function newestLeafBelow(tree: Tree, messageId: string): string {
  const followers = followersOf(tree);
  let leaf = messageId;
  // No way is longer than there are messages, even through a stored tree that bites its tail.
  for (let step = 0; step < tree.messages.length; step += 1) {
    const next = followers.get(leaf)?.findLast((message) => hasLiving(followers, message));
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
  const { messages, leafId } = tree;
  return messages.some((message) => message.parentId === leafId && isReachable(tree, message));
}

/** Where the shown branch ends after its last message was deleted: another version, or what came before. */
export function leafAfterDeletion(tree: Tree, deletedId: string): string | null {
  const deleted = tree.messages.find(({ id }) => id === deletedId);
  if (!deleted) return tree.leafId;
  const version = versionsOf(tree, deleted).findLast(({ id }) => id !== deletedId);
  if (version) return newestLeafBelow(tree, version.id);
  return branchTo(tree, deleted.parentId).findLast(({ deletedAt }) => !deletedAt)?.id ?? null;
}

type Followers = Map<string | null, Message[]>;

function followersOf({ messages }: Tree): Followers {
  return Map.groupBy(messages, ({ parentId }) => parentId);
}

function isReachable(tree: Tree, message: Message): boolean {
  return message.deletedAt === undefined || hasLiving(followersOf(tree), message);
}

function hasLiving(followers: Followers, message: Message): boolean {
  if (message.deletedAt === undefined) return true;
  return (followers.get(message.id) ?? []).some((next) => hasLiving(followers, next));
}

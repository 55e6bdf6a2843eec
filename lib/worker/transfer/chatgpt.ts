/**
 * Conversations of ChatGPT's data export, `conversations.json`: a tree of nodes, each with at most
 * one message. OpenAI publishes no description; this follows what public readers of it do.
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

const PROGRAM = 'ChatGPT';

/** Content that a person wrote or read; the rest is reasoning, tools and instructions. */
const TEXTS = ['text', 'multimodal_text'];

export function isChatGpt(value: unknown): boolean {
  return isRecord(value) && isRecord(value['mapping']);
}

/** Throws `damaged` for anything but a conversation of ChatGPT. */
export async function fromChatGpt(value: unknown, where: string): Promise<Conversation> {
  const fields = new Fields(value, where);
  const id = fields.has('conversation_id') ? fields.text('conversation_id') : fields.text('id');
  const createdAt = secondsOf(fields.value('create_time'), 0);
  const { messages, idOf } = await readTree(fields, id, createdAt);
  const current = fields.value('current_node');
  return importedConversation(
    {
      id: await importedId(PROGRAM, id),
      title: importedText(fields.value('title')),
      createdAt,
      updatedAt: Math.max(createdAt, secondsOf(fields.value('update_time'), createdAt)),
      messages,
      leafId: (typeof current === 'string' && idOf.get(current)) || (messages.at(-1)?.id ?? null),
    },
    PROGRAM,
  );
}

/**
 * The messages from the roots on, and by node the message that it belongs to: its own, or the nearest
 * before it that is taken over.
 */
async function readTree(conversation: Fields, conversationId: string, createdAt: number) {
  const mapping: Fields = conversation.fields('mapping');
  const nodes = new Map<string, Record<string, unknown>>();
  for (const [nodeId, node] of Object.entries(asRecord(conversation.value('mapping')))) {
    if (!isRecord(node)) mapping.fail(nodeId.slice(0, 100));
    nodes.set(nodeId, node);
  }
  const childrenOf = Map.groupBy(nodes.keys(), (nodeId) => {
    const parent = nodes.get(nodeId)?.['parent'];
    return typeof parent === 'string' && nodes.has(parent) ? parent : null;
  });
  const messages: Message[] = [];
  const idOf = new Map<string, string | null>();
  // Nodes that hang on a circle are never reached.
  const next: { nodeIds: string[]; parentId: string | null }[] = [
    { nodeIds: childrenOf.get(null) ?? [], parentId: null },
  ];
  for (const { nodeIds, parentId } of next) {
    for (const nodeId of nodeIds) {
      const message = asRecord(nodes.get(nodeId)?.['message']);
      const read = readMessage(message, createdAt);
      const id = read && (await importedId(PROGRAM, conversationId, nodeId));
      if (read && id) messages.push(importedMessage({ id, parentId, ...read.facts }, read.model));
      idOf.set(nodeId, id ?? parentId);
      next.push({ nodeIds: childrenOf.get(nodeId) ?? [], parentId: id ?? parentId });
    }
  }
  return { messages, idOf };
}

function readMessage(message: Record<string, unknown>, fallback: number) {
  const metadata = asRecord(message['metadata']);
  const content = asRecord(message['content']);
  const role = asRecord(message['author'])['role'];
  const recipient = message['recipient'] ?? 'all';
  const isShown = recipient === 'all' && metadata['is_visually_hidden_from_conversation'] !== true;
  if ((role !== 'user' && role !== 'assistant') || !isShown) return undefined;
  if (!TEXTS.includes(importedText(content['content_type']))) return undefined;
  const parts = Array.isArray(content['parts']) ? content['parts'] : [];
  const text = parts.filter((part) => typeof part === 'string').join('\n\n');
  if (text.trim() === '') return undefined;
  return {
    facts: { role, text, createdAt: secondsOf(message['create_time'], fallback) },
    model: importedModel(metadata['model_slug'], PROGRAM),
  } as const;
}

function secondsOf(value: unknown, fallback: number): number {
  return importedTime(typeof value === 'number' ? value * 1000 : undefined, fallback);
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

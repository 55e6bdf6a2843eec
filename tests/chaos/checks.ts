/** What must hold when all is quiet again. */
import { promptsIn, replyTo } from './counting.ts';
import type { Stored } from './database.ts';
import { mustHave, withoutSpace, type Entry } from './ledger.ts';

/** A prompt that was sent, and which messages stood in the page then. */
export interface SentPrompt {
  prompt: string;
  beside: string[];
  /** Whether it may be missing: it was sent in the very moment of the browser's death. */
  isOptional?: boolean;
}

/** What is known of a run. */
export interface Account {
  entries: Iterable<Entry>;
  together: Iterable<string>;
  sent: readonly SentPrompt[];
}

/** What is wrong, a sentence each. */
export function checkStored(stored: Stored, account: Account): string[] {
  return [
    ...stored.replying.map((id) => `reply ${id} is still noted as running`),
    ...checkReplies(stored),
    ...checkPromises(stored, account.entries),
    ...checkPrompts(stored, account.sent),
    ...checkPlaces(stored, account.together),
  ];
}

/** Each reply is the start of what its prompt asked for, and all of it when it is done. */
function checkReplies({ messages }: Stored): string[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return messages
    .filter(({ role }) => role === 'assistant')
    .flatMap(({ id, parentId, state, text }) => {
      const whole = replyTo(byId.get(parentId ?? '')?.text ?? '');
      if (state === 'streaming') return [`reply ${id} is still streaming`];
      if (state === 'done' && text === whole) return [];
      if (state !== 'done' && whole.startsWith(text)) return [];
      return [`reply ${id} (${state}) is not what was counted: ${differenceOf(text, whole)}`];
    });
}

function checkPromises({ messages }: Stored, entries: Iterable<Entry>): string[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return [...entries].flatMap((entry) => {
    const message = byId.get(entry.id);
    if (!message) {
      return entry.longest ? [`reply ${entry.id} was shown and is not stored`] : [];
    }
    const length = withoutSpace(message.text).length;
    return entry.role === 'assistant' && length < mustHave(entry)
      ? [`reply ${entry.id}: ${mustHave(entry)} characters were shown, ${length} are stored`]
      : [];
  });
}

/** Each prompt is there once, as a message or waiting, in the conversation that it was written in. */
function checkPrompts({ messages, queues }: Stored, sent: readonly SentPrompt[]): string[] {
  const conversationOf = new Map(messages.map(({ id, conversationId }) => [id, conversationId]));
  const places = [
    ...messages.filter(({ role }) => role === 'user'),
    ...queues.flatMap(({ conversationId, prompts }) =>
      prompts.map(({ text }) => ({ conversationId, text })),
    ),
  ].flatMap(({ conversationId, text }) =>
    promptsIn(text).map((prompt) => ({ prompt, conversationId })),
  );
  const placesOf = Map.groupBy(places, ({ prompt }) => prompt);
  return sent.flatMap(({ prompt, beside, isOptional = false }) => {
    const found = placesOf.get(prompt) ?? [];
    if (found.length === 0 && isOptional) return [];
    if (found.length !== 1) return [`"${prompt}" is there ${found.length} times`];
    const wanted = beside.map((id) => conversationOf.get(id)).filter((id) => id !== undefined);
    return wanted.every((id) => id === found[0]?.conversationId)
      ? []
      : [`"${prompt}" went into another conversation`];
  });
}

/** What stands in a page together is of one conversation. */
function checkPlaces({ messages }: Stored, together: Iterable<string>): string[] {
  const conversationOf = new Map(messages.map(({ id, conversationId }) => [id, conversationId]));
  return [...together].flatMap((ids) => {
    const conversations = new Set(ids.split(' ').map((id) => conversationOf.get(id)));
    conversations.delete(undefined);
    return conversations.size > 1 ? [`${ids}: shown together, of several conversations`] : [];
  });
}

function differenceOf(text: string, whole: string): string {
  let same = 0;
  while (same < text.length && text[same] === whole[same]) same += 1;
  const around = (one: string) => JSON.stringify(one.slice(Math.max(0, same - 20), same + 20));
  return `at ${same} ${around(text)} stands for ${around(whole)} (${text.length}/${whole.length})`;
}

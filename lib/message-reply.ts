/** How a reply begins and ends. */
import type { ErrorData, ErrorKind } from './errors';
import type { Message, MessageState } from './conversation';
import { endReasoning, withoutPlaces } from './message-parts';

/** Tokens of one request, as far as the service counts them; `output` includes `reasoning`. */
export interface TokenUse {
  input?: number;
  output?: number;
  reasoning?: number;
}

/** Another try after one that failed before anything came. */
export interface Retry {
  /** 2 for the second try. */
  attempt: number;
  /** When it begins, in milliseconds since the epoch. */
  at: number;
  /** What the try before failed with. */
  kind: ErrorKind;
}

/** What is told of a reply's last request. */
export interface ReplyFacts {
  usage?: TokenUse;
  /** When its first piece came, in milliseconds since the epoch. */
  firstAt?: number;
  /** Whether the model stopped because the answer was as long as it may be. */
  isAtLimit?: boolean;
  /** Whether a filter of the service cut the answer. */
  isFiltered?: boolean;
  /** Whether the service took the prompt only without its pictures. */
  isWithoutImages?: boolean;
}

/** What is known of a reply at its end. */
export interface ReplyEnding extends ReplyFacts {
  state: Exclude<MessageState, 'streaming'>;
  /** Milliseconds since the epoch. */
  at: number;
  error?: ErrorData;
}

/** What a list says of a reply that has no text; `page` is the title of the page that it is about. */
export type Outcome =
  { kind: 'image'; page?: string } | { kind: 'stopped' | 'interrupted' | 'failed' };

/** What came of a reply to this prompt, apart from text; undefined where that is nothing. */
export function outcomeOf(
  { role, state, deletedAt }: Pick<Message, 'role' | 'state' | 'deletedAt'>,
  hasImage: boolean,
  prompt: Pick<Message, 'source'> | undefined,
): Outcome | undefined {
  if (role !== 'assistant' || deletedAt !== undefined) return undefined;
  const page = prompt?.source?.title;
  if (hasImage) return { kind: 'image', ...(page && { page }) };
  return state === 'done' || state === 'streaming' ? undefined : { kind: state };
}

/** The reply under way again: what was told of its last end counts no more. */
export function beginReply(message: Message, at: number): Message {
  const { error: _, usage: __, firstAt: ___, ...others } = message;
  const { isAtLimit: ____, isFiltered: _____, isWithoutImages: ______, ...kept } = others;
  return { ...kept, state: 'streaming', createdAt: at };
}

/** The reply at its end; what came so far stays. */
export function endReply(
  { retry: _, ...message }: Message,
  { state, at, error, ...facts }: ReplyEnding,
): Message {
  return {
    ...message,
    parts: endReasoning(state === 'done' ? withoutPlaces(message.parts) : message.parts, at),
    state,
    endedAt: at,
    ...(error && { error }),
    ...facts,
  };
}

/** Whether the model can be asked to go on with it. */
export function canContinue({ state, isAtLimit }: Message): boolean {
  return state !== 'done' || isAtLimit === true;
}

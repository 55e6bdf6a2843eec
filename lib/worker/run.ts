import type { ReplyFacts } from '../message-reply';
import type { Message } from '../conversation';
import type { Provider, ProviderContext } from '../provider';
import type { OpenConversation } from './conversation-store';

/** What a reply is made with. */
export interface Run {
  opened: OpenConversation;
  reply: Message;
  provider: Provider;
  modelId: string;
  context: ProviderContext;
  signal: AbortSignal;
  /** Says that something arrived: the time-out starts anew. */
  onArrival: (bytes: number) => void;
}

/** What a model tells when it has said all. */
export type Told = Omit<ReplyFacts, 'firstAt'>;

/** Conversations, messages and providers as tests need them: everything has a default. */
import {
  emptyConversation,
  type Conversation,
  type Message,
  type ModelRef,
} from '@/lib/conversation';
import type { ConversationSummary, ProviderInfo } from '@/lib/messages';

export const chatModel: ModelRef = { provider: 'ai-chats', model: 'gpt-4' };
export const pictureModel: ModelRef = { provider: 'ai-chats', model: 'dalle' };

export function prompt(id: string, changes: Partial<Message> = {}): Message {
  return {
    id,
    parentId: null,
    role: 'user',
    parts: [{ type: 'text', text: `prompt ${id}` }],
    state: 'done',
    createdAt: 1000,
    ...changes,
  };
}

export function reply(id: string, parentId: string, changes: Partial<Message> = {}): Message {
  return {
    id,
    parentId,
    role: 'assistant',
    parts: [{ type: 'text', text: `reply ${id}` }],
    state: 'done',
    createdAt: 2000,
    model: chatModel,
    ...changes,
  };
}

/** Shows the branch of the last message unless told. */
export function conversationOf(
  messages: Message[],
  changes: Partial<Conversation> = {},
): Conversation {
  return {
    ...emptyConversation('c', chatModel, 1000),
    title: 'Title',
    messages,
    leafId: messages.at(-1)?.id ?? null,
    ...changes,
  };
}

export function summary(
  id: string,
  changes: Partial<ConversationSummary> = {},
): ConversationSummary {
  return {
    id,
    title: `Title ${id}`,
    updatedAt: 1000,
    preview: '',
    isPinned: false,
    folder: '',
    isUnread: false,
    isRunning: false,
    ...changes,
  };
}

export function providerInfo(changes: Partial<ProviderInfo> = {}): ProviderInfo {
  return {
    id: 'ai-chats',
    name: 'AI-Chats.org',
    kind: 'free',
    homePage: '/chat/',
    models: [
      { id: 'gpt-4', output: 'text' },
      { id: 'dalle', output: 'image' },
    ],
    hosts: ['https://ai-chats.org/*'],
    usesCookies: true,
    fields: [{ id: 'address', default: 'https://ai-chats.org' }],
    headerRules: [],
    address: 'https://ai-chats.org',
    key: null,
    proxy: null,
    isActive: true,
    modelsAt: null,
    canListModels: false,
    typedModels: null,
    ...changes,
  };
}

/** A service that needs a key, in use and without one. */
export function keyProvider(changes: Partial<ProviderInfo> = {}): ProviderInfo {
  return providerInfo({
    id: 'groq',
    name: 'Groq',
    kind: 'key',
    homePage: 'https://console.groq.example/keys',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [
      { id: 'address', default: 'https://api.groq.example/v1' },
      { id: 'key', default: '' },
    ],
    address: 'https://api.groq.example/v1',
    canListModels: true,
    typedModels: [],
    ...changes,
  });
}

/** Makes a value and all in it unchangeable, so that a function that changes its input throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** What a person reads of a conversation outside Aside: the branch that is shown, with its headings. */
import type { Conversation, Message, ModelRef, Source } from '../../conversation';
import { currentLanguage, t } from '../../i18n';
import { safeUrl } from '../../markdown/safe-url';
import { activeBranch } from '../../message-tree';
import { providers } from '../../providers';

export interface ShownMessage {
  role: Message['role'];
  parts: Message['parts'];
  /** Who says it. */
  author: string;
  /** When, in words. */
  date: string;
  /** The page that it was taken from; without an address when that is none of the web. */
  source: { text: string; url: string | undefined } | undefined;
  /** Whether the reply broke off. */
  isIncomplete: boolean;
}

export interface ShownConversation {
  title: string;
  messages: ShownMessage[];
}

export function shownConversation(conversation: Conversation): ShownConversation {
  return {
    title: conversation.title.replaceAll(/\s+/gu, ' ').trim() || t('conversation'),
    messages: activeBranch(conversation)
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map(shownMessage),
  };
}

function shownMessage({ role, parts, model, state, createdAt, source }: Message): ShownMessage {
  return {
    role,
    parts,
    author: role === 'user' ? t('exportYou') : modelName(model),
    date: new Date(createdAt).toLocaleString(currentLanguage(), {
      dateStyle: 'long',
      timeStyle: 'short',
    }),
    source: source && sourceLine(source),
    isIncomplete: state !== 'done',
  };
}

function modelName(model: ModelRef | undefined): string {
  if (!model) return t('exportReply');
  const provider = providers.find(({ description }) => description.id === model.provider);
  if (!provider) return model.model;
  return t('modelOption', { provider: provider.description.name, model: model.model });
}

function sourceLine({ title, url }: Source) {
  const address = safeUrl(url);
  const host = address?.host || url;
  return {
    text: title ? t('fromPage', { title, host }) : t('fromHost', { host }),
    url: address?.href,
  };
}

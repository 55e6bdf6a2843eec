/** What a person can do with the lists of models. */
import { isSameModel } from '../model-ref';
import type { ChatOptions } from '../chat-options';
import type { ModelRef } from '../conversation';
import { sendMessage } from '../messages';
import { favouriteModels } from '../settings';
import { tellFailure } from './actions';
import { loadProviders } from './provider-list';
import { chatStore } from './chat-store';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** When this page last asked for a provider's models, by its id: one that is off is not asked each time. */
const askedAt = new Map<string, number>();

/** Asks the providers in use for their models where that was more than a day ago; a failure is quiet. */
export async function refreshOldLists(): Promise<void> {
  const now = Date.now();
  const old = chatStore.getState().providers.filter(({ id, isActive, modelsAt }) => {
    // A time to come is one of a clock that was wrong.
    const isAsked = Math.abs(now - (askedAt.get(id) ?? -Infinity)) < HOUR;
    return isActive && !isAsked && Math.abs(now - (modelsAt ?? -Infinity)) > DAY;
  });
  if (old.length === 0) return;
  for (const { id } of old) askedAt.set(id, now);
  const asked = old.map(({ id }) => sendMessage('refreshModels', { provider: id }));
  await Promise.allSettled(asked);
  await loadProviders();
}

/** Makes a model a favourite, or no longer one. */
export async function toggleFavourite(model: ModelRef): Promise<void> {
  const before = await favouriteModels.getValue();
  const others = before.filter((favourite) => !isSameModel(favourite, model));
  await favouriteModels.setValue(others.length < before.length ? others : [...others, model]);
}

/** Sets how the model answers in the conversation that is shown; empty takes everything back. */
export async function setOptions(options: ChatOptions): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  await sendMessage('setOptions', { conversationId: conversation.id, options }).catch(tellFailure);
}

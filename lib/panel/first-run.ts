/** What else there is than AI-Chats.org: looked for in an empty chat, until the person has seen or found it. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ModelRef } from '../conversation';
import type { ErrorData } from '../errors';
import { sendMessage, type LocalServer, type ProviderInfo } from '../messages';
import { isFirstRunDone } from '../settings';
import { requestAccess } from './access';
import { selectModel } from './actions';
import { chatStore, useChat } from './chat-store';
import { activateProvider, refreshModels, saveAddress } from './provider-settings';

/** Not shown until it is known that it was not done before. */
const firstRunStore = createStore(() => ({ isDone: true }));

/** Whether the person has seen it, or has somebody else who can answer. */
export function useFirstRunDone(): boolean {
  const isAlone = useChat(
    ({ providers }) =>
      providers.length > 0 &&
      providers.every(
        ({ kind, isActive, models }) => kind === 'free' || !isActive || models.length === 0,
      ),
  );
  useEffect(() => {
    void isFirstRunDone.getValue().then((isDone) => firstRunStore.setState({ isDone }));
  }, []);
  return useStore(firstRunStore, ({ isDone }) => isDone) || !isAlone;
}

export function finishFirstRun(): void {
  firstRunStore.setState({ isDone: true });
  void isFirstRunDone.setValue(true);
}

/** How soon the browser's own model could answer. */
export type Availability = 'ready' | 'download' | 'none';

/** Whether the browser has a model of its own at all. */
export function hasBuiltInModel(): boolean {
  return builtInModel() !== undefined;
}

/** Nothing is begun by asking. */
export async function readBuiltInAvailability(): Promise<Availability> {
  const availability = await askAvailability().catch(() => undefined);
  if (availability === 'available') return 'ready';
  return availability === 'downloadable' || availability === 'downloading' ? 'download' : 'none';
}

async function askAvailability(): Promise<unknown> {
  return builtInModel()?.availability();
}

/** It is a class, whose methods stand on itself. */
function builtInModel(): { availability: () => unknown } | undefined {
  const found: unknown = Reflect.get(globalThis, 'LanguageModel');
  return isModel(found) ? found : undefined;
}

function isModel(value: unknown): value is { availability: () => unknown } {
  return typeof value === 'function' && 'availability' in value;
}

/**
 * Looks for model servers on this computer, once the person allows it to be reached. Must be called
 * within a click. Null when that was not allowed.
 */
export async function findLocalServers(): Promise<LocalServer[] | null> {
  const isAllowed = await requestAccess('http://localhost/*', 'http://127.0.0.1/*');
  return isAllowed ? sendMessage('findLocalServers') : null;
}

/**
 * Takes a provider into use where it answered, and its first model for the chat that is shown.
 * Answers what went wrong with its list of models, null when nothing did.
 */
export async function takeIntoUse(
  provider: ProviderInfo,
  address = provider.address,
): Promise<ErrorData | null> {
  const isElsewhere = URL.parse(address)?.origin !== URL.parse(provider.address)?.origin;
  if (isElsewhere) {
    const path = URL.parse(provider.address)?.pathname.replace(/\/$/u, '') ?? '';
    await saveAddress(provider, address + path);
  }
  await activateProvider(provider.id, true);
  const error = await refreshModels(provider.id);
  const model = chatModelOf(provider.id);
  if (model) await selectModel(model);
  return error;
}

/** The provider's first model to chat with, as its list is now. */
export function chatModelOf(provider: string): ModelRef | undefined {
  const { providers } = chatStore.getState();
  const { models = [] } = providers.find(({ id }) => id === provider) ?? {};
  const model = models.find(({ output }) => output === 'text');
  return model && { provider, model: model.id };
}

/** What a person can do with a provider in Settings, as plain functions over the worker's requests. */
import type { ModelRef } from '../conversation';
import type { ErrorData } from '../errors';
import { hostPattern } from '../host-pattern';
import { sendMessage, type ProviderInfo } from '../messages';
import { readAddress, type AddressProblem } from '../provider-address';
import { typedModels } from '../settings';
import { hasAccess } from './access';
import { chatStore, type ModelsAsked } from './chat-store';
import { loadProviders } from './provider-list';

/** Why what was typed is no address for this provider. */
export type TypingProblem = AddressProblem | 'path';

/** What is typed into a provider's address field. */
export type TypedAddress =
  | { problem: TypingProblem }
  /** The address that it stands for: the usual one for an empty field. */
  | { address: string };

/** Reads what was typed, as the provider takes it. */
export function typedAddress(provider: ProviderInfo, text: string): TypedAddress {
  if (!text.trim()) return { address: defaultAddress(provider) };
  const read = readAddress(text);
  if ('problem' in read) return read;
  // A service that is a website of its own has its paths in its protocol.
  const isSite = provider.homePage.startsWith('/');
  return isSite && URL.parse(read.address)?.pathname !== '/' ? { problem: 'path' } : read;
}

export function defaultAddress({ fields }: Pick<ProviderInfo, 'fields'>): string {
  return fields.find(({ id }) => id === 'address')?.default ?? '';
}

/** Keeps where its requests go; its key goes along to another origin only if told. */
export async function saveAddress(
  provider: ProviderInfo,
  address: string,
  keepsKey = false,
): Promise<void> {
  await sendMessage('saveAddress', { provider: provider.id, address, keepsKey });
  await loadProviders();
}

/** Takes a provider into use, or out of it. */
export async function activateProvider(provider: string, isActive: boolean): Promise<void> {
  await sendMessage('activateProvider', { provider, isActive });
  await loadProviders();
}

/** Takes a model into use by its name, whatever the provider lists. Throws when it was not kept. */
export async function addTypedModel({ provider, model }: ModelRef): Promise<void> {
  const before = await typedModels.getValue();
  const names = new Set(before[provider]).add(model);
  await typedModels.setValue({ ...before, [provider]: [...names] });
  await loadProviders();
}

/** Takes a typed name back. Throws when that was not kept. */
export async function removeTypedModel({ provider, model }: ModelRef): Promise<void> {
  const before = await typedModels.getValue();
  const names = (before[provider] ?? []).filter((name) => name !== model);
  await typedModels.setValue({ ...before, [provider]: names });
  await loadProviders();
}

/** Asks a provider which models it has. Answers what went wrong, null when nothing did. */
export async function refreshModels(id: string): Promise<ErrorData | null> {
  const { providers } = chatStore.getState();
  const { address = '' } = providers.find((one) => one.id === id) ?? {};
  const asked: ModelsAsked = { address, isBusy: true, at: 0, error: null };
  setAsked(id, asked);
  const error = await sendMessage('refreshModels', { provider: id }).catch((): ErrorData => ({
    kind: 'unexpected',
  }));
  const at = Date.now();
  await loadProviders();
  // A later question is the one that counts.
  if (chatStore.getState().modelsAsked[id] === asked) {
    setAsked(id, { ...asked, isBusy: false, at, error });
  }
  return error;
}

/** What the last question for its models tells still: none at another address, or before the list came. */
export function modelsTrouble(
  { address, modelsAt }: ProviderInfo,
  asked: ModelsAsked | undefined,
): { isBusy: boolean; error: ErrorData | null } {
  if (asked?.address !== address) return { isBusy: false, error: null };
  const { isBusy, at, error } = asked;
  return { isBusy, error: (modelsAt ?? 0) > at ? null : error };
}

/** Whether everything that it needs is filled in: an address and a key, where it has such fields. */
export function isSetUp({ fields, address, key }: ProviderInfo): boolean {
  return fields.every(({ id, isOptional = false }) =>
    id === 'address' ? hostPattern(address) !== undefined : isOptional || key !== null,
  );
}

/** Whether it works without a key. */
export function isKeyOptional({ fields }: Pick<ProviderInfo, 'fields'>): boolean {
  return fields.some(({ id, isOptional }) => id === 'key' && isOptional);
}

/** The provider's page for people. */
export function homePageOf({ homePage, address }: ProviderInfo): string {
  return URL.parse(homePage, address || undefined)?.href ?? homePage;
}

/** The host of an address with its port, as people read it; of what is no address, the text itself. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address;
}

/** Asks for the models once the provider has what it needs and may be reached. */
export async function refreshWhenReady(id: string): Promise<void> {
  const { providers } = chatStore.getState();
  const provider = providers.find((one) => one.id === id);
  if (!provider?.canListModels) return;
  const pattern = hostPattern(provider.address);
  const isReady = isSetUp(provider) && (!pattern || (await hasAccess(pattern)));
  if (isReady) await refreshModels(id);
  // What went wrong before was for what is there no more.
  else setAsked(id, undefined);
}

function setAsked(id: string, asked: ModelsAsked | undefined): void {
  const { [id]: _, ...others } = chatStore.getState().modelsAsked;
  chatStore.setState({ modelsAsked: asked ? { ...others, [id]: asked } : others });
}

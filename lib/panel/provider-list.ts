/** The providers as this page knows them, kept in step with what is set up anywhere. */
import { storage } from '@wxt-dev/storage';
import { sendMessage } from '../messages';
import { activeProviders, providerSettings, typedModels } from '../settings';
import { chatStore } from './chat-store';

/** Milliseconds until what did not reach the worker is asked again. */
const RETRY_AFTER = 500;

/** Loads what providers there are, and again when their settings, their models or which are in use change. */
export function followProviders(): void {
  load();
  providerSettings.watch(load);
  activeProviders.watch(load);
  typedModels.watch(load);
  storage.watch('local:modelLists', load);
  // That a key was set is told by no event that a page should get.
  addEventListener('focus', load);
}

/** Asks the worker for the providers. */
export async function loadProviders(): Promise<void> {
  const providers = await sendMessage('listProviders').catch(() => undefined);
  if (providers) chatStore.setState({ providers });
  // The worker was ended at this very moment; without a list no model can be chosen.
  else setTimeout(() => void loadProviders(), RETRY_AFTER);
}

function load(): void {
  void loadProviders();
}

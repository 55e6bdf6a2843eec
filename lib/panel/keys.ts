/** The keys' passphrase as pages deal with it: they never see a key that is kept. */
import { storage } from '@wxt-dev/storage';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { sendMessage, type KeyLock } from '../messages';
import { loadProviders } from './provider-list';

/** Undefined until the worker has answered. */
const keyLockStore = createStore<{ lock: KeyLock | undefined }>(() => ({ lock: undefined }));

/** Whether the keys are under a passphrase and open, kept in step with what other pages do. */
export function useKeyLock(): KeyLock | undefined {
  useEffect(() => {
    load();
    return storage.watch('local:keyLockChange', load);
  }, []);
  return useStore(keyLockStore, ({ lock }) => lock);
}

/** Unlocks the keys until the browser ends; answers whether the passphrase was right. */
export async function unlockKeys(passphrase: string): Promise<boolean> {
  const isRight = await sendMessage('unlockKeys', { passphrase });
  await loadKeyLock();
  return isRight;
}

export async function lockKeys(): Promise<void> {
  await sendMessage('lockKeys');
  await loadKeyLock();
}

/** Puts the keys under a passphrase; an empty one takes it away. */
export async function setPassphrase(passphrase: string): Promise<void> {
  await sendMessage('setPassphrase', { passphrase });
  await loadKeyLock();
}

/** Milliseconds; browsers end a worker that has had nothing to do for 30 seconds. */
const WAKE_EVERY = 20_000;

/**
 * Keeps the worker awake until the function that comes back is called: what a page says at its very
 * end does not reach one that sleeps.
 */
export function keepWorkerAwake(): () => void {
  load();
  const timer = setInterval(load, WAKE_EVERY);
  return () => clearInterval(timer);
}

/** Keeps a provider's key; an empty one takes it away. */
export async function saveKey(provider: string, key: string): Promise<void> {
  await sendMessage('saveKey', { provider, key });
  await loadProviders();
}

/** Asks anew; what is known stays when the worker does not answer. */
export async function loadKeyLock(): Promise<void> {
  const lock = await sendMessage('readKeyLock').catch(() => undefined);
  if (lock) keyLockStore.setState({ lock });
}

function load(): void {
  void loadKeyLock();
}

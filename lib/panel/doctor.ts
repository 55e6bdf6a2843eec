/** The test of a provider's connection, and what helps, as plain functions. */
import { browser } from 'wxt/browser';
import { hostPattern } from '../host-pattern';
import { CHECK_PORT, type CheckMessage, type CheckRequest, type CheckStep } from '../check-step';
import { sendMessage, type ProviderInfo } from '../messages';
import { requestAccess } from './access';

/**
 * Tests all steps that need no prompt, and tells those that are found so far; answers whether it came
 * to its end.
 */
export function checkConnection(
  { id }: ProviderInfo,
  model: string | undefined,
  onSteps: (steps: CheckStep[]) => void,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const port = browser.runtime.connect({ name: CHECK_PORT });
  port.onMessage.addListener(({ steps, isDone }: CheckMessage) => {
    onSteps(steps);
    if (!isDone) return;
    resolve(true);
    port.disconnect();
  });
  port.onDisconnect.addListener(() => {
    // Has to be read, or the browser complains.
    void browser.runtime.lastError;
    resolve(false);
  });
  const request: CheckRequest = { provider: id, ...(model !== undefined && { model }) };
  port.postMessage(request);
  return promise;
}

/** Sends the model a tiny prompt. */
export function checkStream({ id }: ProviderInfo, model: string): Promise<CheckStep | undefined> {
  return sendMessage('checkStream', { provider: id, model }).catch(() => undefined);
}

/** Asks for the provider's host. Must be called within a click: the browser's question needs one. */
export async function allowHost({ address }: ProviderInfo): Promise<boolean> {
  const pattern = hostPattern(address);
  return pattern !== undefined && requestAccess(pattern);
}

/** The test of a provider's connection, and what helps, as plain functions. */
import { browser } from 'wxt/browser';
import { hostPattern } from '../host-pattern';
import { CHECK_PORT, type CheckMessage, type CheckRequest, type CheckStep } from '../check-step';
import type { ProviderInfo } from '../messages';
import { requestAccess } from './access';

/**
 * Tests all steps that need no prompt, and tells those that are found so far; answers whether it came
 * to its end. The signal ends it.
 */
export function checkConnection(
  { id }: ProviderInfo,
  model: string | undefined,
  onSteps: (steps: CheckStep[]) => void,
  signal: AbortSignal,
): Promise<boolean> {
  return run({ provider: id, ...(model !== undefined && { model }) }, onSteps, signal);
}

/** Sends the model a tiny prompt. */
export async function checkStream(
  { id }: ProviderInfo,
  model: string,
  signal: AbortSignal,
): Promise<CheckStep | undefined> {
  let found: CheckStep | undefined;
  await run({ provider: id, model, isPrompted: true }, ([step]) => (found = step), signal);
  return found;
}

function run(
  request: CheckRequest,
  onSteps: (steps: CheckStep[]) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const port = browser.runtime.connect({ name: CHECK_PORT });
  const end = (isWhole: boolean) => {
    resolve(isWhole);
    port.disconnect();
  };
  signal.addEventListener('abort', () => end(false));
  port.onMessage.addListener(({ steps, isDone }: CheckMessage) => {
    onSteps(steps);
    if (isDone) end(true);
  });
  port.onDisconnect.addListener(() => {
    // Has to be read, or the browser complains.
    void browser.runtime.lastError;
    resolve(false);
  });
  port.postMessage(request);
  return promise;
}

/** Asks for the provider's host. Must be called within a click: the browser's question needs one. */
export async function allowHost({ address }: ProviderInfo): Promise<boolean> {
  const pattern = hostPattern(address);
  return pattern !== undefined && requestAccess(pattern);
}

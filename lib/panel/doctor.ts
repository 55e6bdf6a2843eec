/** The test of a provider's connection, and what helps, as plain functions. */
import { hostPattern } from '../host-pattern';
import type { CheckStep } from '../check-step';
import { sendMessage, type ProviderInfo } from '../messages';
import { requestAccess } from './access';

/** Tests all steps that need no prompt; undefined when the worker could not be asked. */
export function checkConnection(
  { id }: ProviderInfo,
  model: string | undefined,
): Promise<CheckStep[] | undefined> {
  const request = { provider: id, ...(model !== undefined && { model }) };
  return sendMessage('checkProvider', request).catch(() => undefined);
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

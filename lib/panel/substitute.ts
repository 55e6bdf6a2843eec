/** Who could answer in place of a provider that failed; nobody is sent a prompt without a click. */
import { useEffect, useState } from 'react';
import type { Message, ModelRef } from '../conversation';
import { hostPattern } from '../host-pattern';
import { sendMessage, type ProviderInfo } from '../messages';
import { isSameModel } from '../model-ref';
import { isPublicHost } from '../public-host';
import { defaultModel } from '../settings';
import { hasAccess } from './access';
import { tellFailure } from './actions';
import { chatStore, useChat } from './chat-store';
import { chatModelOf, readBuiltInAvailability } from './first-run';
import { activateProvider, isSetUp, refreshModels } from './provider-settings';

/** A provider that works, and its model that could answer. */
export interface Substitute {
  provider: ProviderInfo;
  /** Null for the browser's own model while it is not in use: its id is known once it is. */
  model: string | null;
}

/** What was asked of the message's model. */
export function outputOf({ parts }: Message): 'text' | 'image' {
  return parts.some(({ type }) => type === 'image') ? 'image' : 'text';
}

/**
 * The first model of another provider that is in use and works, else the browser's own. Null for
 * none, undefined until that is known.
 */
export function useSubstitute(message: Message): Substitute | null | undefined {
  const providers = useChat((state) => state.providers);
  const [found, setFound] = useState<Substitute | null>();
  const failed = message.model?.provider;
  const output = outputOf(message);
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const substitute = await findSubstitute(providers, failed, output);
      if (isCurrent) setFound(substitute);
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [providers, failed, output]);
  return found;
}

/** Changes the conversation's model, and has it answer the prompt of this reply. */
export async function answerWith(messageId: string, substitute: Substitute): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  const { id: conversationId } = conversation;
  try {
    const model = await modelOf(substitute);
    await sendMessage('selectModel', { conversationId, model });
    // Only now: else the prompt would go to the one that was there before.
    await sendMessage('regenerateReply', { conversationId, messageId, model });
  } catch {
    tellFailure();
  }
}

async function modelOf({ provider: { id }, model }: Substitute): Promise<ModelRef> {
  if (model !== null) return { provider: id, model };
  await activateProvider(id, true);
  await refreshModels(id);
  const first = chatModelOf(id);
  if (!first) throw new Error('it has no model');
  return first;
}

async function findSubstitute(
  providers: ProviderInfo[],
  failed: string | undefined,
  output: 'text' | 'image',
): Promise<Substitute | null> {
  const others = providers.filter(({ id }) => id !== failed);
  const able = others
    .filter(({ isActive, models }) => isActive && models.some((model) => model.output === output))
    .filter(isSetUp);
  const areWorking = await Promise.all(able.map(isWorking));
  const picked = await defaultModel.getValue();
  const models = able
    .filter((_, index) => areWorking[index])
    .flatMap((provider) =>
      provider.models
        .filter((model) => model.output === output)
        .map(({ id }): Substitute & { model: string } => ({ provider, model: id })),
    );
  const last = models.find(({ provider: { id: provider }, model }) =>
    isSameModel({ provider, model }, picked),
  );
  const found = last ?? models[0];
  if (found || output === 'image') return found ?? null;
  const builtIn = others.find(({ kind, isActive }) => kind === 'browser' && !isActive);
  const isReady = builtIn && (await readBuiltInAvailability()) === 'ready';
  return isReady ? { provider: builtIn, model: null } : null;
}

/** As far as can be told without a prompt; who is on the internet is not asked. */
async function isWorking({ id, kind, address }: ProviderInfo): Promise<boolean> {
  if (kind === 'browser') return (await readBuiltInAvailability()) !== 'none';
  const pattern = hostPattern(address);
  if (!pattern || !(await hasAccess(pattern))) return false;
  if (isPublicHost(URL.parse(address)?.hostname ?? '')) return navigator.onLine;
  return sendMessage('probeServer', { provider: id }).catch(() => false);
}

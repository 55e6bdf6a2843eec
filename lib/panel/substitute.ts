/** Who could answer in place of a provider that failed; nobody is asked without a click. */
import { useEffect, useState } from 'react';
import type { Message, ModelRef } from '../conversation';
import { hostPattern } from '../host-pattern';
import { sendMessage, type ProviderInfo } from '../messages';
import { defaultModel } from '../settings';
import { hasAccess } from './access';
import { tellFailure } from './actions';
import { chatStore, useChat } from './chat-store';
import { isSetUp } from './provider-settings';

/** A model that could answer, with its provider's name. */
export interface Substitute extends ModelRef {
  providerName: string;
}

/** The first model of another provider that is in use and has everything it needs; null for none. */
export function useSubstitute(message: Message): Substitute | null {
  const providers = useChat((state) => state.providers);
  const [found, setFound] = useState<Substitute | null>(null);
  const failed = message.model?.provider;
  const output = message.parts.some(({ type }) => type === 'image') ? 'image' : 'text';
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
export async function answerWith(messageId: string, { provider, model }: ModelRef): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  const { id: conversationId } = conversation;
  try {
    await sendMessage('selectModel', { conversationId, model: { provider, model } });
    // Only now: else the prompt would go to the one that was there before.
    await sendMessage('regenerateReply', { conversationId, messageId, model: { provider, model } });
  } catch {
    tellFailure();
  }
}

async function findSubstitute(
  providers: ProviderInfo[],
  failed: string | undefined,
  output: 'text' | 'image',
): Promise<Substitute | null> {
  const others = providers.filter(({ id, isActive }) => isActive && id !== failed).filter(isSetUp);
  const reachable = await Promise.all(others.map(isReachable));
  const picked = await defaultModel.getValue();
  const models = others
    .filter((_, index) => reachable[index])
    .flatMap(({ id, name, models: its }) =>
      its
        .filter((model) => model.output === output)
        .map((model) => ({ provider: id, model: model.id, providerName: name })),
    );
  const last = models.find(
    ({ provider, model }) => provider === picked?.provider && model === picked.model,
  );
  return last ?? models[0] ?? null;
}

/** One without an address is in the browser itself. */
async function isReachable({ address }: ProviderInfo): Promise<boolean> {
  const pattern = hostPattern(address);
  return !pattern || hasAccess(pattern);
}

/** Pictures that are sent back to be changed. */
import { modelKey } from '../model-ref';
import type { ModelRef, PromptImage } from '../conversation';

import type { ProviderInfo } from '../messages';
import type { ModelDescription } from '../provider';
import { isPrompt, selectModel, tellFailure } from './actions';
import { chatStore } from './chat-store';
import { deliverPrompt } from './outbox';

/**
 * The model that a picture would be changed with: the first of the wanted ones that can, else the
 * first in use that can. Undefined when none can.
 */
export function modelToChange(
  providers: ProviderInfo[],
  wanted: (ModelRef | undefined)[],
): ModelRef | undefined {
  const found = wanted.find((ref) => canChange(providers, ref));
  if (found) return found;
  for (const { id, isActive, models } of providers) {
    const able = isActive && models.find(isAble);
    if (able) return { provider: id, model: able.id };
  }
  return undefined;
}

/** Whether a model takes pictures to change them. */
export function canChange(providers: ProviderInfo[], ref: ModelRef | undefined): boolean {
  const provider = providers.find(({ id }) => id === ref?.provider);
  const model = provider?.models.find(({ id }) => id === ref?.model);
  return model !== undefined && isAble(model);
}

function isAble({ output, seesImages = false }: ModelDescription): boolean {
  return output === 'image' && seesImages;
}

/** Puts the picture beside the draft; what is written next says how it shall change. */
export async function attachImage({ prompt, image }: PromptImage, maker?: ModelRef): Promise<void> {
  const { conversation, providers } = chatStore.getState();
  const model = modelToChange(providers, [conversation?.model, maker]);
  if (!conversation || !model) return;
  chatStore.setState({ attached: { prompt, image, conversationId: conversation.id } });
  const isChosen = modelKey(conversation.model) === modelKey(model);
  if (!isChosen) await selectModel(model);
}

export function detachImage(): void {
  chatStore.setState({ attached: null });
}

/** Sends the picture back to the model that made it, with the words that it was made from. */
export async function makeVariations(picture: PromptImage, maker: ModelRef): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation || !isPrompt(picture.prompt)) return;
  await deliverPrompt({
    conversationId: conversation.id,
    messageId: crypto.randomUUID(),
    text: picture.prompt,
    model: maker,
    images: [picture],
  }).catch(tellFailure);
}

/** How the person has pictures drawn: kept in the settings, shown in every page. */
import { modelKey } from '../model-ref';
import type { ModelRef } from '../conversation';
import { type ImageOptions } from '../image-options';
import { imageOptions } from '../settings';
import { chatStore } from './chat-store';

/** Reads how each model draws, and follows what other pages choose. */
export function followImageOptions(): void {
  void imageOptions.getValue().then(show);
  imageOptions.watch(show);
}

function show(options: Record<string, ImageOptions>): void {
  chatStore.setState({ imageOptions: options });
}

/** Has the model draw like this from now on. */
export async function chooseImageOptions(model: ModelRef, chosen: ImageOptions): Promise<void> {
  const options = { ...chatStore.getState().imageOptions, [modelKey(model)]: chosen };
  show(options);
  await imageOptions.setValue(options);
}

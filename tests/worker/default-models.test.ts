/** With which model one begins, where. */
import { expect, it, vi } from 'vitest';
import { defaultModel, defaultModels } from '@/lib/settings';
import { extension, openPage, setUpRoundTrip, worker } from '../round-trip';
import { chatModel, pictureModel } from '../samples';

setUpRoundTrip();

const none = { chat: null, image: null, popup: null };
const gone = { provider: 'gone', model: 'old' };
const unlisted = { provider: 'ai-chats', model: 'gpt-3' };

it.each([
  ['panel', 'the one that was picked last', none, pictureModel],
  ['panel', 'the default of chats', { ...none, chat: chatModel }, chatModel],
  ['panel', 'not that of the popup', { ...none, popup: chatModel }, pictureModel],
  ['popup', 'its own default', { ...none, popup: chatModel }, chatModel],
  ['popup', 'not that of chats', { ...none, chat: chatModel }, pictureModel],
  ['popup', 'its own default, though its provider is gone', { ...none, popup: gone }, gone],
  ['popup', 'its own default, listed or not', { ...none, popup: unlisted }, unlisted],
] as const)('a new conversation of the %s has %s', async (as, _, defaults, expected) => {
  await defaultModel.setValue(pictureModel);
  await defaultModels.setValue(defaults);
  const page = await openPage({ as });
  expect(page.state().conversation?.model).toEqual(expected);
});

it.each([
  ['its default', pictureModel],
  ['no model for texts', chatModel],
])('a picture of a selection is made by %s', async (_, image) => {
  await defaultModels.setValue({ ...none, image });
  extension.onMenuClicked.fire(
    { menuItemId: 'image-from-selection', selectionText: 'A cat' },
    undefined,
  );
  await vi.waitFor(async () => {
    const models = (await worker.database.messages.toArray()).map(({ model }) => model);
    expect(models).toContainEqual(pictureModel);
  });
});

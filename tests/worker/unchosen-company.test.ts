/** A prompt goes to the company that was chosen, or to nobody. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelRef } from '@/lib/conversation';
import { activeProviders, defaultModel, defaultModels } from '@/lib/settings';
import { modelLists } from '@/lib/worker/model-lists';
import { extension, openPage, service, setUpRoundTrip, worker } from '../round-trip';
import { chatModel } from '../samples';

setUpRoundTrip();

const none = { chat: null, image: null, popup: null };
const llama: ModelRef = { provider: 'ollama', model: 'llama3.2:3b' };
const other: ModelRef = { provider: 'ollama', model: 'other' };

/** Ollama, which is switched off, has been asked for its models before. */
beforeEach(async () => {
  await modelLists.setValue({
    ollama: { models: [{ id: other.model, output: 'text' }], at: 1, address: '' },
  });
});

async function choose(menuItemId: string) {
  extension.onMenuClicked.fire({ menuItemId, selectionText: 'A secret' }, { windowId: 3 });
  const panel = await openPage({ windowId: 3 });
  const reply = await panel.last('failed');
  return { panel, reply };
}

const askedElsewhere = () =>
  worker.asked.filter((url) => !url.startsWith('http://localhost:11434'));

describe('a selection', () => {
  it.each([
    ['the default of chats', { ...none, chat: llama }, null, llama],
    ['the model picked last', none, llama, llama],
    ['the model picked last, which is in the list', none, other, other],
  ])('goes to %s alone, listed or not', async (_, defaults, picked, expected) => {
    await activeProviders.setValue(['ai-chats', 'ollama']);
    await defaultModels.setValue(defaults);
    await defaultModel.setValue(picked);
    const { reply } = await choose('ask-selection');
    expect(reply).toMatchObject({ model: expected, error: { kind: 'offline' } });
    expect(askedElsewhere()).toEqual([]);
  });

  it.each(['ask-selection', 'image-from-selection'])(
    'is sent to nobody by %s where the provider is out of use, and the conversation says so',
    async (item) => {
      await defaultModels.setValue({ ...none, chat: llama, image: llama });
      const { panel, reply } = await choose(item);
      expect(reply).toMatchObject({ model: llama, error: { kind: 'not-in-use' } });
      expect(worker.asked).toEqual([]);
      // The way on: another model is chosen, and asked again.
      service.answerNext({ kind: 'text', text: 'Answered.' });
      await panel.selectModel(chatModel);
      await panel.until(({ conversation }) => conversation?.model.model === chatModel.model);
      await panel.regenerateReply(reply.id);
      expect((await panel.last('done', 'Answered.')).model).toEqual(chatModel);
    },
  );

  it('is not drawn by another company than the one that was chosen', async () => {
    await activeProviders.setValue(['ai-chats', 'ollama']);
    await defaultModel.setValue(other);
    const { reply } = await choose('image-from-selection');
    expect(reply).toMatchObject({
      model: other,
      error: { kind: 'unsupported' },
      parts: [{ type: 'image', image: null }],
    });
    expect(worker.asked).toEqual([]);
  });
});

describe('a quick prompt', () => {
  it.each([
    ['is sent to nobody where its provider is out of use', ['ai-chats'], 'not-in-use'],
    ['goes to its provider alone, where the list does not name its model', ['ollama'], 'offline'],
  ])('%s', async (_, active, kind) => {
    await activeProviders.setValue(active);
    await defaultModels.setValue({ ...none, popup: llama });
    const popup = await openPage({ as: 'popup' });
    await popup.say('A secret');
    expect(await popup.last('failed')).toMatchObject({ model: llama, error: { kind } });
    expect(askedElsewhere()).toEqual([]);
  });
});

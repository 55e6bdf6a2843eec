import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ollama } from '@/lib/providers/ollama';
import { providerSettings } from '@/lib/settings';
import { modelLists, refreshModels } from '@/lib/worker/model-lists';

const OLD = 'http://127.0.0.1:1';
const NEW = 'http://127.0.0.1:2';

beforeEach(() => {
  fakeBrowser.reset();
});

const saveAddress = (address: string) => providerSettings.setValue({ ollama: { address } });

/** Asks a server for its models, which it names when it is told to. */
function ask(address: string, model: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const server = {
    ...ollama,
    listModels: async () => {
      await promise;
      return [{ id: model, output: 'text' as const }];
    },
  };
  const context = { settings: { address }, key: '', fetch: () => Promise.reject() };
  return { asking: refreshModels(server, context), answer: resolve };
}

it('the list of a server that is slow does not come in place of the new address’s', async () => {
  await saveAddress(OLD);
  const slow = ask(OLD, 'old');
  await saveAddress(NEW);
  const quick = ask(NEW, 'new');
  quick.answer();
  await quick.asking;
  slow.answer();
  await slow.asking;
  const { ollama: list } = await modelLists.getValue();
  expect(list).toMatchObject({ address: NEW, models: [{ id: 'new' }] });
});

it('the list of the usual address is kept where none was given', async () => {
  const usual = ollama.description.fields.find(({ id }) => id === 'address')?.default ?? '';
  const { asking, answer } = ask(usual, 'one');
  answer();
  await asking;
  expect(await modelLists.getValue()).toMatchObject({ ollama: { models: [{ id: 'one' }] } });
});

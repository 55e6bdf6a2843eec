/** The models in Settings: with which one begins, what they are told, what they were asked. */
import { monthOf } from '@/lib/month';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ModelsSection } from '@/components/models-section';
import { defaultModels, monthlyUse, systemPrompt } from '@/lib/settings';
import { setUpPage, show } from '../component';
import { chatModel, pictureModel } from '../samples';

setUpPage();

const box = (name: string) => screen.getByRole('combobox', { name });

it.each([
  ['Model of a new chat', 'AI-Chats.org: gpt-4', { chat: chatModel, image: null, popup: null }],
  [
    'Model for pictures of a selection',
    'AI-Chats.org: dalle',
    { chat: null, image: pictureModel, popup: null },
  ],
  ['Model of the popup', 'AI-Chats.org: gpt-4', { chat: null, image: null, popup: chatModel }],
])('%s can be chosen, and left to what was picked last', async (label, model, expected) => {
  const { user } = show(<ModelsSection />);
  expect(box(label).textContent).toBe('As picked last');
  await user.click(box(label));
  await user.click(screen.getByRole('option', { name: model }));
  await vi.waitFor(() => expect(box(label).textContent).toBe(model));
  expect(await defaultModels.getValue()).toEqual(expected);
  await user.click(box(label));
  await user.keyboard('{Home}{Enter}');
  await vi.waitFor(() => expect(box(label).textContent).toBe('As picked last'));
  expect(await defaultModels.getValue()).toEqual({ chat: null, image: null, popup: null });
});

it('only models that make pictures are offered for pictures', async () => {
  const { user } = show(<ModelsSection />);
  await user.click(box('Model for pictures of a selection'));
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    'As picked last',
    'AI-Chats.org: dalle',
  ]);
});

it('what models are told first is kept as it is written', async () => {
  await systemPrompt.setValue('In rhyme');
  const { user } = show(<ModelsSection />);
  const field = await screen.findByDisplayValue('In rhyme');
  await user.type(field, '!');
  await vi.waitFor(async () => expect(await systemPrompt.getValue()).toBe('In rhyme!'));
});

it('the sums of this month stand by provider, and those of others do not', async () => {
  await monthlyUse.setValue({
    '2001-01': { gone: { replies: 1, input: 1, output: 1 } },
    [monthOf(Date.now())]: { 'ai-chats': { replies: 12, input: 120_345, output: 0 } },
  });
  show(<ModelsSection />);
  const table = await screen.findByRole('table', { name: 'This month' });
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual(['AI-Chats.org12120,345–']);
});

/** Models that are added by their names, in a provider's section. */
import { act, screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { typedModels } from '@/lib/settings';
import { answers, setUpPage } from '../component';
import { alert, showSection } from '../provider-page';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

/** A worker that tells what is kept. */
function showGroq() {
  answers['listProviders'] = async () => {
    const names = (await typedModels.getValue())['groq'] ?? [];
    const models = names.map((id) => ({ id, output: 'text' as const }));
    return [keyProvider({ key: { tail: 'wxyz' }, typedModels: names, models })];
  };
  return showSection(keyProvider({ key: { tail: 'wxyz' } }));
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Model name' });
const kept = async () => (await typedModels.getValue())['groq'];
const listed = () =>
  within(screen.getByRole('list', { name: 'Models added by name' }))
    .getAllByRole('listitem')
    .map(({ firstElementChild }) => firstElementChild?.textContent);

it('a name is added with Enter, as it is without what was copied along, and the next can be typed', async () => {
  const { user } = showGroq();
  act(() => field().focus());
  await user.keyboard(' "my org/llama:70b 🦙" {Enter}');
  expect(await screen.findByRole('button', { name: 'Remove my org/llama:70b 🦙' })).toBeTruthy();
  await vi.waitFor(() => expect(field().value).toBe(''));
  expect(document.activeElement).toBe(field());
  expect(screen.getByText('Saved')).toBeTruthy();
  expect(screen.getByText('1 model')).toBeTruthy();
  await user.keyboard('second');
  expect(screen.queryByText('Saved')).toBeNull();
  await user.keyboard('{Tab}{Enter}');
  await screen.findByRole('button', { name: 'Remove second' });
  expect(listed()).toEqual(['my org/llama:70b 🦙', 'second']);
  expect(await kept()).toEqual(['my org/llama:70b 🦙', 'second']);
});

it('the same name twice is one', async () => {
  const { user } = showGroq();
  await user.type(field(), 'one{Enter}');
  await screen.findByRole('button', { name: 'Remove one' });
  await vi.waitFor(() => expect(field().value).toBe(''));
  await user.type(field(), 'one {Enter}');
  await vi.waitFor(() => expect(field().value).toBe(''));
  expect(listed()).toEqual(['one']);
});

it('what is no name cannot be added', async () => {
  const { user } = showGroq();
  await user.type(field(), ' "" {Enter}');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add' }).disabled).toBe(true);
  expect(await kept()).toBeUndefined();
});

it('a name is taken back, and the focus is in the field', async () => {
  await typedModels.setValue({ groq: ['one', 'two'], openai: ['one'] });
  const { user } = showGroq();
  const { loadProviders } = await import('@/lib/panel/provider-list');
  await act(loadProviders);
  act(() => screen.getByRole('button', { name: 'Remove one' }).focus());
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(listed()).toEqual(['two']));
  expect(document.activeElement).toBe(field());
  expect(await typedModels.getValue()).toEqual({ groq: ['two'], openai: ['one'] });
});

it.each(['not-found', 'refused', 'bad-reply'])(
  'a server that answers %s for its list is said to have none, until a name is typed',
  async (kind) => {
    answers['refreshModels'] = () => ({ kind });
    const { user } = showGroq();
    await user.click(screen.getByRole('button', { name: 'Refresh models' }));
    await vi.waitFor(() =>
      expect(alert()).toMatch(/gives no list of its models: type their names/u),
    );
    await user.type(field(), 'mine{Enter}');
    await vi.waitFor(() => expect(alert()).toBe(''));
  },
);

it('any other trouble is told, whatever was typed', async () => {
  await typedModels.setValue({ groq: ['mine'] });
  answers['refreshModels'] = () => ({ kind: 'unauthorized' });
  const { user } = showGroq();
  await user.click(screen.getByRole('button', { name: 'Refresh models' }));
  await vi.waitFor(() => expect(alert()).toBe('Groq does not accept the key.'));
});

it('a provider whose models are known takes no names', () => {
  showSection(providerInfo());
  expect(screen.queryByRole('textbox', { name: 'Model name' })).toBeNull();
});

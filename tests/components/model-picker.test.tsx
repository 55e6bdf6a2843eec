/** The list of models: by pointer and by keyboard, with favourites, search and fresh lists. */
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ModelPicker } from '@/components/model-picker';
import type { ProviderInfo } from '@/lib/messages';
import { favouriteModels, typedModels } from '@/lib/settings';
import {
  answers,
  openedSettings,
  requests,
  setChat,
  setConversation,
  setUpPage,
  show,
} from '../component';
import { pictureModel, providerInfo } from '../samples';

setUpPage();

const many = providerInfo({
  id: 'many',
  name: 'Many',
  models: [
    { id: 'thinker', output: 'text', reasons: true, seesImages: true },
    ...Array.from({ length: 20 }, (_, index) => ({ id: `m${index}`, output: 'text' as const })),
  ],
});

function showPicker({ isLong = false } = {}) {
  setConversation();
  const providers = isLong ? [providerInfo(), many] : [providerInfo()];
  answers['listProviders'] = () => providers;
  setChat({ providers });
  return show(<ModelPicker />);
}

const box = () => screen.getByRole('combobox', { name: 'Model' });
const names = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
const focused = () => document.activeElement?.textContent;
const chosen = () => requests.flatMap(({ type, data }) => (type === 'selectModel' ? [data] : []));
const picks = (provider: string, model: string) => [
  { conversationId: 'c', model: { provider, model } },
];

describe('by keyboard', () => {
  it.each(['{Enter}', ' ', '{ArrowDown}'])('%s opens the list at the chosen model', async (key) => {
    const { user } = showPicker();
    act(() => box().focus());
    await user.keyboard(key);
    expect(focused()).toBe('AI-Chats.org: gpt-4');
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('AI-Chats.org: gpt-4');
  });

  it('the arrows, Home and End go through it, Enter picks, and the focus is back', async () => {
    const { user } = showPicker();
    act(() => box().focus());
    await user.keyboard('{Enter}{ArrowDown}');
    expect(focused()).toBe('AI-Chats.org: dalle');
    await user.keyboard('{ArrowDown}{Home}');
    expect(focused()).toBe('AI-Chats.org: gpt-4');
    await user.keyboard('{End}{Enter}');
    expect(chosen()).toEqual(picks('ai-chats', 'dalle'));
    expect(screen.queryByRole('option')).toBeNull();
    expect(document.activeElement).toBe(box());
  });

  it('Escape leaves it, and nothing is picked', async () => {
    const { user } = showPicker();
    act(() => box().focus());
    await user.keyboard('{Enter}{ArrowDown}{Escape}');
    expect(screen.queryByRole('option')).toBeNull();
    expect(document.activeElement).toBe(box());
    expect(chosen()).toEqual([]);
  });

  it('typing searches a short list too', async () => {
    const { user } = showPicker();
    await user.click(box());
    await user.keyboard('dal');
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('dal');
    expect(names()).toEqual(['AI-Chats.org: dalle']);
    await user.keyboard('{Enter}');
    expect(chosen()).toEqual(picks('ai-chats', 'dalle'));
  });

  it('a long list begins at its search, from which the arrows lead down and back', async () => {
    const { user } = showPicker({ isLong: true });
    await user.click(box());
    const field = screen.getByRole('searchbox', { name: 'Search models' });
    expect(document.activeElement).toBe(field);
    await user.keyboard('m1');
    expect(names()).toHaveLength(11);
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(field);
    await user.keyboard('{ArrowDown}{ArrowDown}9');
    expect(names()).toEqual(['Many: m19']);
    await user.keyboard('{Enter}');
    expect(chosen()).toEqual(picks('many', 'm19'));
  });
});

it('the list stays when a conversation comes that takes the focus to its prompt box', async () => {
  const { user } = showPicker();
  const other = document.body.appendChild(document.createElement('textarea'));
  await user.click(box());
  act(() => other.focus());
  expect(names()).toHaveLength(2);
  other.remove();
});

it('a list where nothing is found says so', async () => {
  const { user } = showPicker({ isLong: true });
  await user.click(box());
  await user.keyboard('zebra{Enter}');
  expect(screen.getByRole('status').textContent).toContain('No model');
  expect(chosen()).toEqual([]);
});

describe('a name that no list has', () => {
  const open = providerInfo({ id: 'open', name: 'Open', models: [], typedModels: [] });
  const other = providerInfo({ id: 'other', name: 'Other', models: [], typedModels: [] });
  const off = providerInfo({ id: 'off', name: 'Off', typedModels: [], isActive: false });

  async function search(query: string, ...more: ProviderInfo[]) {
    setConversation();
    setChat({ providers: [providerInfo(), many, open, off, ...more] });
    const { user } = show(<ModelPicker />);
    await user.click(box());
    await user.keyboard(query);
    return user;
  }

  it('can be used of a provider in use that takes it, and is kept', async () => {
    const user = await search('a/new:model');
    expect(names()).toEqual(['Use “a/new:model” of Open']);
    await user.keyboard('{ArrowDown}{Enter}');
    await vi.waitFor(() => expect(chosen()).toEqual(picks('open', 'a/new:model')));
    expect(await typedModels.getValue()).toEqual({ open: ['a/new:model'] });
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('is taken by Enter in the search, where one provider alone can take it', async () => {
    const user = await search('a/new:model');
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(chosen()).toEqual(picks('open', 'a/new:model')));
    expect(await typedModels.getValue()).toEqual({ open: ['a/new:model'] });
  });

  it('is not given to one of several by mistake: Enter in the search does nothing', async () => {
    const user = await search('a/new:model', other);
    expect(names()).toHaveLength(2);
    await user.keyboard('{Enter}');
    expect(chosen()).toEqual([]);
    expect(await typedModels.getValue()).toEqual({});
  });

  it('is not offered where something is found', async () => {
    await search('m1');
    expect(names()).toHaveLength(11);
  });
});

it('what a model can do is told with it', async () => {
  const { user } = showPicker({ isLong: true });
  await user.click(box());
  const option = screen.getByRole('option', { name: 'Many: thinker' });
  expect(option.title).toBe('Sees pictures, Thinks before it answers');
  expect(within(option).getByTitle('Sees pictures')).toBeTruthy();
  expect(screen.getByRole('option', { name: 'AI-Chats.org: dalle' }).title).toBe('Makes pictures');
});

describe('favourites', () => {
  it('stand first, and are starred at the foot for the model that was reached', async () => {
    const { user } = showPicker();
    await user.click(box());
    await user.keyboard('{ArrowDown}');
    const star = screen.getByRole('button', { name: 'Favourite: AI-Chats.org: dalle' });
    expect(star.getAttribute('aria-pressed')).toBe('false');
    await user.click(star);
    await vi.waitFor(() => expect(names()[0]).toBe('AI-Chats.org: dalle'));
    expect(await favouriteModels.getValue()).toEqual([pictureModel]);
    expect(screen.getByRole('group', { name: 'Favourites' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Favourite: AI-Chats.org: dalle' }));
    await vi.waitFor(() => expect(names()[0]).toBe('AI-Chats.org: gpt-4'));
    expect(await favouriteModels.getValue()).toEqual([]);
  });

  it('are starred by a click in the row, which picks nothing', async () => {
    const { user } = showPicker();
    await user.click(box());
    const option = screen.getByRole('option', { name: 'AI-Chats.org: dalle' });
    await user.click(within(option).getByTitle('Favourite: AI-Chats.org: dalle'));
    await vi.waitFor(async () => expect(await favouriteModels.getValue()).toEqual([pictureModel]));
    expect(chosen()).toEqual([]);
  });
});

it('leads to Settings for more', async () => {
  const { user } = showPicker();
  await user.click(box());
  await user.click(screen.getByRole('button', { name: 'More models…' }));
  await vi.waitFor(async () => expect(await openedSettings()).toEqual(['section-add']));
});

it('names a model whose provider is out of use, which cannot be picked', async () => {
  setConversation([], { model: { provider: 'many', model: 'm1' } });
  setChat({ providers: [providerInfo(), { ...many, isActive: false }] });
  const { user } = show(<ModelPicker />);
  expect(box().textContent).toBe('Many: m1');
  await user.click(box());
  expect(names()).toEqual(['AI-Chats.org: gpt-4', 'AI-Chats.org: dalle']);
});

it('asks for lists older than a day, or of a time to come, when it opens, and shows what came', async () => {
  const old = providerInfo({ id: 'old', name: 'Old', models: [], modelsAt: 1000 });
  const fresh = providerInfo({ id: 'fresh', name: 'Fresh', modelsAt: Date.now() - 1000 });
  const ahead = providerInfo({ id: 'ahead', name: 'Ahead', modelsAt: Date.now() + 1e11 });
  const off = providerInfo({ id: 'off', isActive: false });
  answers['listProviders'] = () => [{ ...old, models: [{ id: 'new', output: 'text' }] }];
  setConversation();
  setChat({ providers: [old, fresh, ahead, off] });
  const { user } = show(<ModelPicker />);
  await user.click(box());
  await vi.waitFor(() => expect(names()).toEqual(['Old: new']));
  const asked = requests.flatMap(({ type, data }) => (type === 'refreshModels' ? [data] : []));
  expect(asked).toEqual([{ provider: 'old' }, { provider: 'ahead' }]);
});

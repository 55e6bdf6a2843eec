/** The settings of a conversation, beside the model. */
import { screen } from '@testing-library/react';
import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ChatOptionsButton } from '@/components/chat-options';
import type { ChatOptions } from '@/lib/chat-options';
import type { ModelDescription } from '@/lib/provider';
import { systemPrompt } from '@/lib/settings';
import { requests, setChat, setConversation, setUpPage, show } from '../component';
import { pictureModel, providerInfo } from '../samples';

setUpPage();

async function open(options?: ChatOptions, about: Partial<ModelDescription> = {}) {
  const models = [{ id: 'gpt-4', output: 'text' as const, ...about }];
  setChat({ providers: [providerInfo({ models })] });
  setConversation([], options ? { options } : {});
  const page = show(<ChatOptionsButton />);
  await page.user.click(screen.getByRole('button', { name: /^Conversation settings/u }));
  return page;
}

const sent = () => requests.flatMap(({ type, data }) => (type === 'setOptions' ? [data] : []));
const about = (options: ChatOptions) => ({ conversationId: 'c', options });

describe('the settings of a conversation', () => {
  it('take what is written and chosen at once', async () => {
    const { user } = await open();
    await user.type(screen.getByRole('textbox', { name: 'What the model is told first' }), 'Hi');
    fireEvent.change(screen.getByRole('slider', { name: 'Temperature' }), {
      target: { value: 0.3 },
    });
    await user.type(screen.getByRole('spinbutton', { name: 'Longest answer, in tokens' }), '50');
    expect(sent().at(-1)).toEqual(about({ system: 'Hi', temperature: 0.3, maxTokens: 50 }));
  });

  it('show what is set, and that something is', async () => {
    await open({ system: 'Be brief.', temperature: 0 });
    expect(screen.getByRole('button', { name: 'Conversation settings, changed' })).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Be brief.');
    expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('0');
  });

  it('show the word of Settings where there is none of its own', async () => {
    await systemPrompt.setValue('In rhyme.');
    await open();
    expect(await screen.findByPlaceholderText('In rhyme.')).toBeTruthy();
    expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('As usual');
  });

  it('are taken back as a whole', async () => {
    const { user } = await open({ temperature: 0.3 });
    await user.click(screen.getByRole('button', { name: 'Use default' }));
    expect(sent()).toEqual([about({})]);
    expect(screen.getByRole('button', { name: 'Use default' })).toHaveProperty('disabled', true);
  });

  it('let a field be emptied', async () => {
    const { user } = await open({ maxTokens: 5, system: 'x' });
    await user.clear(screen.getByRole('spinbutton'));
    await user.clear(screen.getByRole('textbox'));
    expect(sent().at(-1)).toEqual(about({}));
  });

  it('say how long a model may think, only where it does', async () => {
    const { user, unmount } = await open({}, { reasons: true });
    await user.click(screen.getByRole('combobox', { name: 'Thinking' }));
    await user.click(await screen.findByRole('option', { name: 'Long' }));
    expect(sent()).toEqual([about({ effort: 'high' })]);
    unmount();
    await open();
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it.each([
    [true, ['As usual', 'None', 'Short', 'Medium', 'Long']],
    [false, ['As usual', 'Short', 'Medium', 'Long']],
  ])('offer no thinking only where a model can do without: %j', async (canSkipThinking, words) => {
    // Chosen for another model.
    const { user } = await open({ effort: 'none' }, { reasons: true, canSkipThinking });
    const box = screen.getByRole('combobox', { name: 'Thinking' });
    expect(box.textContent).toBe(canSkipThinking ? 'None' : 'As usual');
    await user.click(box);
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual(words);
  });

  it('leave out what the model does not take', async () => {
    await open({}, { takes: ['maxTokens'] });
    expect(screen.queryByRole('slider')).toBeNull();
    expect(screen.getByRole('spinbutton')).toBeTruthy();
    expect(screen.queryByText('This model takes no other settings.')).toBeNull();
  });

  it('say so where it takes none of them', async () => {
    await open({}, { takes: [] });
    expect(screen.queryByRole('slider')).toBeNull();
    expect(screen.queryByRole('spinbutton')).toBeNull();
    expect(screen.getByText('This model takes no other settings.')).toBeTruthy();
    expect(screen.getByRole('textbox')).toBeTruthy();
  });
});

it('a model for pictures has none', () => {
  setConversation([], { model: pictureModel });
  show(<ChatOptionsButton />);
  expect(screen.queryByRole('button')).toBeNull();
});

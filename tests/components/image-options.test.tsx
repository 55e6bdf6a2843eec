import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ImageOptionsMenu } from '@/components/image-options';
import { imageOptions } from '@/lib/settings';
import type { ModelDescription } from '@/lib/provider';
import { setChat, setConversation, setUpPage, show, speak } from '../component';
import { providerInfo } from '../samples';

setUpPage();

const ref = { provider: 'p', model: 'm' };

function showMenu(model: Partial<ModelDescription>) {
  const models: ModelDescription[] = [{ id: 'm', output: 'image', ...model }];
  setChat({ providers: [providerInfo({ id: 'p', models })] });
  setConversation([], { model: ref });
  return show(<ImageOptionsMenu />);
}

const able = {
  sizes: ['1024x1024', '1536x1024'],
  qualities: ['auto', 'low', 'high'],
  mostImages: 3,
};

describe('how pictures are drawn', () => {
  it('can be chosen by the keyboard alone, and is kept for the model', async () => {
    const { user } = showMenu(able);
    await user.tab();
    await user.keyboard('{Enter}');
    await screen.findByRole('menu');
    await user.click(screen.getByRole('menuitemradio', { name: '1536 × 1024' }));
    await user.click(screen.getByRole('menuitemradio', { name: 'High' }));
    await user.click(screen.getByRole('menuitemradio', { name: '3' }));
    expect(await imageOptions.getValue()).toEqual({
      'p\nm': { size: '1536x1024', quality: 'high', count: 3 },
    });
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(screen.getByRole('button').getAttribute('aria-label')).toBe(
      'How pictures are drawn, 1536 × 1024, High, ×3',
    );
  });

  it('is told in words, but for a quality that nobody knows', async () => {
    await speak('ru');
    const { user } = showMenu({ qualities: ['auto', 'low', 'medium', 'high', 'ultra'] });
    await user.click(screen.getByRole('button'));
    expect(screen.getAllByRole('menuitemradio').map(({ textContent }) => textContent)).toEqual([
      'Автоматически',
      'Низкое',
      'Среднее',
      'Высокое',
      'ultra',
    ]);
  });

  it('can be left to the model again', async () => {
    setChat({ imageOptions: { 'p\nm': { size: '1536x1024' } } });
    const { user } = showMenu(able);
    await user.click(screen.getByRole('button'));
    const [size] = screen.getAllByRole('menuitemradio', { name: 'Automatic' });
    if (!size) throw new Error('nothing is automatic');
    await user.click(size);
    expect(await imageOptions.getValue()).toEqual({ 'p\nm': { count: 1 } });
  });

  it.each([
    ['of a model that writes', { output: 'text' as const, mostImages: 4 }],
    ['of a model that lets one choose nothing', {}],
  ])('is nothing to choose %s', (_, model) => {
    const { container } = showMenu(model);
    expect(container.textContent).toBe('');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

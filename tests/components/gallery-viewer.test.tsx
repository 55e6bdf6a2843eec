import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { connect } from '@/lib/panel/connection';
import { galleryStore } from '@/lib/panel/gallery-store';
import { answers, extension, requests, setChat } from '../component';
import { image, onOpen, setUpGallery, showGallery } from '../gallery-page';

setUpGallery();

async function openViewer(name: string) {
  setChat({ images: { l: 'data:l', f: 'data:f', c: 'data:c' } });
  const shown = await showGallery();
  await shown.user.click(screen.getByRole('button', { name }));
  return { ...shown, dialog: await screen.findByRole('dialog', { name: 'Image' }) };
}

const inView = () => screen.getByRole('dialog').querySelector('img')?.getAttribute('src');

describe('a picture of the gallery', () => {
  it('opens with all that is known of it', async () => {
    const { dialog } = await openViewer('A lighthouse');
    expect(inView()).toBe('data:l');
    expect(dialog.textContent).toContain('A lighthouse');
    expect(dialog.textContent).toContain('AI-Chats.org: dalle · Nov 25, 2026');
    const link = within(dialog).getByRole('link', { name: 'From “Pharology”, en.wikipedia.org' });
    expect(link.getAttribute('href')).toBe('https://en.wikipedia.org/wiki/Pharology');
    for (const name of ['Save image', 'Copy image', 'Close', 'Delete']) {
      expect(within(dialog).getByRole('button', { name })).toBeTruthy();
    }
  });

  it('whose page has an address of another kind links nowhere', async () => {
    const source = { title: 'Trap', url: 'javascript:alert(1)' };
    answers['listImages'] = () => [image('l', 'A trap', { source })];
    const { dialog } = await openViewer('A trap');
    expect(dialog.textContent).toContain('Trap');
    expect(within(dialog).queryByRole('link')).toBeNull();
  });

  it('is shown small until the large one is there, which is asked for', async () => {
    connect('c');
    const [port] = extension.ports;
    const post = vi.spyOn(port ?? extension.connectFrom({}, ''), 'postMessage');
    const { user } = await showGallery();
    act(() => galleryStore.setState({ thumbnails: { f: 'data:small' } }));
    await user.click(screen.getByRole('button', { name: 'A fox' }));
    expect(inView()).toBe('data:small');
    expect(post.mock.calls).toEqual([[{ type: 'load-image', imageId: 'f' }]]);
    act(() => setChat({ images: { f: 'data:large' } }));
    expect(inView()).toBe('data:large');
    act(() => setChat({ images: { f: null } }));
    expect(screen.getByRole('dialog').textContent).toContain('no longer stored');
  });

  it('gives way to its neighbours by arrow keys and buttons, up to the ends', async () => {
    const { user } = await openViewer('A fox');
    await user.keyboard('{ArrowRight}');
    expect(inView()).toBe('data:c');
    await user.keyboard('{ArrowRight}');
    expect(inView()).toBe('data:c');
    await user.click(screen.getByRole('button', { name: 'Previous picture' }));
    await user.keyboard('{ArrowLeft}');
    expect(inView()).toBe('data:l');
    expect(
      screen.getByRole<HTMLButtonElement>('button', { name: 'Previous picture' }).disabled,
    ).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Next picture' }));
    expect(inView()).toBe('data:f');
  });

  it('gives the focus to its place in the grid when it closes', async () => {
    const { user } = await openViewer('A fox');
    await user.keyboard('{ArrowRight}{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-label')).toBe('Ein Kätzchen'),
    );
  });

  it('leads to its conversation', async () => {
    const { user } = await openViewer('A fox');
    await user.click(screen.getByRole('button', { name: 'Open conversation' }));
    expect(onOpen.mock.calls).toEqual([['conversation-f', 'message-f']]);
  });

  it('is deleted after a question, and the next one is shown', async () => {
    const { user } = await openViewer('A fox');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    const question = screen.getByRole('alertdialog', { name: 'Delete 1 picture?' });
    expect(question.textContent).toContain('This cannot be undone.');
    await user.keyboard('{ArrowRight}');
    await user.click(within(question).getByRole('button', { name: 'Cancel' }));
    expect(requests.map(({ type }) => type)).not.toContain('deleteImages');
    expect(inView()).toBe('data:f');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await user.click(
      within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Delete' }),
    );
    await vi.waitFor(() => expect(inView()).toBe('data:c'));
    expect(requests.at(-1)).toEqual({
      type: 'deleteImages',
      data: {
        images: [{ conversationId: 'conversation-f', messageId: 'message-f', imageId: 'f' }],
      },
    });
  });
});

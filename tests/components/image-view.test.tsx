import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImagePlace, ImageView } from '@/components/image-view';
import { connect } from '@/lib/panel/connection';
import {
  extension,
  requests,
  setChat,
  setConversation,
  setUpPage,
  show,
  state,
} from '../component';
import { png } from '../fixtures/pictures';
import { pictureModel, prompt, reply } from '../samples';

setUpPage();
afterEach(() => {
  vi.restoreAllMocks();
});

const image = { id: 'i', mediaType: 'image/png', bytes: png.length, width: 1024, height: 768 };
const url = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

const picture = (id: string, text: string) =>
  reply(`r-${id}`, 'p', {
    parts: [{ type: 'image', prompt: text, image: { ...image, id } }],
    model: pictureModel,
  });

function showPicture() {
  const before = picture('h', 'A harbour');
  const after = { ...picture('i', 'A cat by the sea'), id: 'r', parentId: before.id };
  setConversation([prompt('p'), before, after]);
  setChat({ images: { h: 'data:h', i: url } });
  return show(<ImageView image={image} prompt="A cat by the sea" messageId="r" />);
}

async function openViewer() {
  const shown = showPicture();
  await shown.user.click(screen.getByRole('button', { name: 'Enlarge image' }));
  const dialog = await screen.findByRole('dialog', { name: 'Image' });
  const inView = () => dialog.querySelector('img');
  return { ...shown, dialog, inView };
}

describe('a picture', () => {
  it('is an image with the prompt for a name, in the shape that it has', () => {
    showPicture();
    const shown = screen.getByRole<HTMLImageElement>('img', { name: 'A cat by the sea' });
    expect(shown.getAttribute('src')).toBe(url);
    expect(shown.closest('div')?.style.aspectRatio).toBe('1024 / 768');
  });

  it('opens large in a dialog, which Escape closes', async () => {
    const { user } = showPicture();
    await user.click(screen.getByRole('img', { name: 'A cat by the sea' }));
    const dialog = await screen.findByRole('dialog', { name: 'Image' });
    expect(dialog.querySelector('img')?.getAttribute('src')).toBe(url);
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('gives the focus back to where it was opened', async () => {
    const { user } = await openViewer();
    await user.keyboard('{Escape}');
    await vi.waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-label')).toBe('Enlarge image'),
    );
  });

  it('gives way to the others of the conversation, by arrows and buttons', async () => {
    const { user, inView } = await openViewer();
    expect(inView()?.getAttribute('src')).toBe(url);
    await user.keyboard('{ArrowRight}');
    expect(inView()?.getAttribute('src')).toBe(url);
    await user.keyboard('{ArrowLeft}');
    expect(inView()?.getAttribute('src')).toBe('data:h');
    await user.click(screen.getByRole('button', { name: 'Next picture' }));
    expect(inView()?.getAttribute('src')).toBe(url);
  });

  it('is enlarged by keys and buttons, and then the arrows move it', async () => {
    const { user, inView } = await openViewer();
    const scale = () => Number(/scale\((.+)\)/u.exec(inView()?.style.transform ?? '')?.[1]);
    expect(scale()).toBe(1);
    await user.keyboard('+');
    expect(scale()).toBeGreaterThan(1);
    await user.keyboard('{ArrowLeft}');
    expect(inView()?.getAttribute('src')).toBe(url);
    await user.keyboard('-');
    expect(scale()).toBe(1);
    await user.click(screen.getByRole('button', { name: 'Zoom in' }));
    expect(scale()).toBeGreaterThan(1);
    await user.keyboard('0');
    expect(scale()).toBe(1);
  });

  it('lends its prompt to the prompt box, with the model that made it', async () => {
    setChat({ draft: 'Begun' });
    const { user } = await openViewer();
    await user.click(screen.getByRole('button', { name: 'Use as prompt' }));
    expect(state().draft).toBe('Begun\nA cat by the sea');
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(requests).toContainEqual({
      type: 'selectModel',
      data: { conversationId: 'c', model: pictureModel },
    });
  });

  it('is saved under a name that says what it shows', async () => {
    const saved: (string | null)[][] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(
      this: HTMLAnchorElement,
    ) {
      saved.push([this.getAttribute('href'), this.download]);
    });
    const { user } = showPicture();
    await user.click(screen.getByRole('button', { name: 'Save image' }));
    expect(saved).toEqual([[url, 'A-cat-by-the-sea.png']]);
  });

  it('says when it could not be copied', async () => {
    vi.spyOn(HTMLImageElement.prototype, 'decode').mockRejectedValue(new Error('no'));
    const { user } = showPicture();
    await user.click(screen.getByRole('button', { name: 'Copy image' }));
    expect(await screen.findByText('Could not copy')).toBeTruthy();
  });

  it('asks for its bytes once, and says that they are on their way, or gone', async () => {
    connect('c');
    const [port] = extension.ports;
    const asked = vi.spyOn(port ?? extension.connectFrom({}, ''), 'postMessage');
    const { container, rerender } = show(<ImageView image={image} prompt="A cat" messageId="r" />);
    expect(container.textContent).toBe('Loading the picture…');
    rerender(<ImageView image={image} prompt="A cat" messageId="r" />);
    expect(asked.mock.calls).toEqual([[{ type: 'load-image', imageId: 'i' }]]);
    act(() => setChat({ images: { i: null } }));
    expect(container.textContent).toContain('no longer stored');
    act(() => setChat({ images: { i: url } }));
    expect(screen.getByRole('img', { name: 'A cat' })).toBeTruthy();
  });
});

describe('the place of a picture', () => {
  it.each([
    ['how far it is', { fraction: 0.25 }, 'Painter is drawing · 25% · 0 s'],
    ['how many come first', { before: 1 }, 'Painter draws 1 other picture first · 0 s'],
    ['how many come first', { before: 3 }, 'Painter draws 3 other pictures first · 0 s'],
    ['that its turn has come', { before: 0 }, 'Painter is drawing · 0 s'],
  ])('says %s: %j', (_, progress, words) => {
    setChat({ progress: { messageId: 'r', ...progress } });
    const { container } = show(
      <ImagePlace provider="Painter" since={Date.now()} messageId="r" size={undefined} />,
    );
    expect(container.textContent).toBe(words);
  });
});

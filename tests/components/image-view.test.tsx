import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImageView } from '@/components/image-view';
import { connect } from '@/lib/panel/connection';
import { extension, setChat, setUpPage, show } from '../component';
import { png } from '../fixtures/pictures';

setUpPage();
afterEach(() => {
  vi.restoreAllMocks();
});

const image = { id: 'i', mediaType: 'image/png', bytes: png.length, width: 1024, height: 768 };
const url = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

function showPicture() {
  setChat({ images: { i: url } });
  return show(<ImageView image={image} prompt="A cat by the sea" />);
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
    const { container, rerender } = show(<ImageView image={image} prompt="A cat" />);
    expect(container.textContent).toBe('Loading the picture…');
    rerender(<ImageView image={image} prompt="A cat" />);
    expect(asked.mock.calls).toEqual([[{ type: 'load-image', imageId: 'i' }]]);
    act(() => setChat({ images: { i: null } }));
    expect(container.textContent).toContain('no longer stored');
    act(() => setChat({ images: { i: url } }));
    expect(screen.getByRole('img', { name: 'A cat' })).toBeTruthy();
  });
});

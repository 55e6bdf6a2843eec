/** The gallery with three pictures, and what is in view in the test's hands. */
import { screen, within } from '@testing-library/react';
import { beforeEach, expect, vi } from 'vitest';
import { Gallery } from '@/components/gallery';
import type { GalleryImage } from '@/lib/messages';
import { galleryStore } from '@/lib/panel/gallery-store';
import { answers, setUpPage, show } from './component';
import { pictureModel } from './samples';

export const observed = new Map<Element, (isNear: boolean) => void>();

type Report = (entries: { target: Element; isIntersecting: boolean }[]) => void;

/** The browser's watch over what is in view, with the scrolling in the test's hands. */
class FakeObserver {
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  observe(target: Element): void {
    observed.set(target, (isIntersecting) => this.#report([{ target, isIntersecting }]));
  }

  disconnect(): void {
    observed.clear();
  }
}

export function setUpGallery(): void {
  setUpPage();
  beforeEach(() => {
    vi.stubGlobal('IntersectionObserver', FakeObserver);
    galleryStore.setState({ images: null, isFailed: false, thumbnails: {} });
    answers['listImages'] = () => [lighthouse, fox, cat];
  });
}

export function image(
  id: string,
  prompt: string,
  changes: Partial<GalleryImage> = {},
): GalleryImage {
  return {
    conversationId: `conversation-${id}`,
    messageId: `message-${id}`,
    image: { id, mediaType: 'image/png', bytes: 1, width: 1024, height: 768 },
    prompt,
    model: pictureModel,
    createdAt: new Date(2026, 10, 25, 14, 2).getTime(),
    ...changes,
  };
}

const lighthouse = image('l', 'A lighthouse', {
  source: { title: 'Pharology', url: 'https://en.wikipedia.org/wiki/Pharology' },
});
const fox = image('f', 'A fox');
const cat = image('c', 'Ein Kätzchen');

export const onOpen = vi.fn<(conversationId: string, messageId: string) => void>();
export const onExport = vi.fn<(images: { imageId: string; prompt: string }[]) => void>();

export const tick = (name: string) => screen.getByRole('checkbox', { name });
export const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

export async function showGallery() {
  onOpen.mockClear();
  onExport.mockClear();
  const shown = show(<Gallery onOpen={onOpen} onExport={onExport} />);
  await vi.waitFor(() => expect(galleryStore.getState().images).not.toBeNull());
  return shown;
}

export const gallery = () => screen.getByRole('region', { name: 'Pictures' });
export const cells = () => within(screen.getByRole('list')).getAllByRole('button');
export const names = () => cells().map((cell) => cell.getAttribute('aria-label'));

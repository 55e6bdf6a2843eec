/** The pictures of all conversations, as the gallery shows them. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { sendMessage, type GalleryImage, type WorkerMessage } from '../messages';
import { chatStore } from './chat-store';
import { listen, post } from './connection';

export interface GalleryState {
  /** Newest first; null until they are there. */
  images: GalleryImage[] | null;
  /** Whether the worker could not tell them. */
  isFailed: boolean;
  /** Small forms as `data:` URLs, by image id; null for one whose bytes are gone. */
  thumbnails: Record<string, string | null>;
}

/** Thumbnails on their way at a time: what the person scrolled past need not be made first. */
const AT_ONCE = 8;

export const galleryStore = createStore<GalleryState>(() => ({
  images: null,
  isFailed: false,
  thumbnails: {},
}));

export function useGallery<T>(select: (state: GalleryState) => T): T {
  return useStore(galleryStore, select);
}

/** Thumbnails in sight that are still to be asked for, and those that have not come. */
const wanted = new Set<string>();
const asked = new Set<string>();

/** Names one picture in one message, among all. */
export function imageKey({ messageId, image }: GalleryImage): string {
  return `${messageId}-${image.id}`;
}

let isFollowed = false;
let isLoading = false;
let isOutdated = false;

/** Loads the list, and again whenever a conversation has changed; until the function is called. */
export function followGallery(): () => void {
  isFollowed = true;
  void loadGallery();
  return () => {
    isFollowed = false;
  };
}

/** Loads the list of pictures; what is shown stays until it is there. */
export async function loadGallery(): Promise<void> {
  isOutdated = true;
  if (isLoading) return;
  isLoading = true;
  while (isOutdated) {
    isOutdated = false;
    await fetchImages();
  }
  isLoading = false;
}

/** Asks for a picture's small form; it comes as a message on the port, or on the next one. */
export function loadThumbnail(imageId: string): void {
  if (asked.has(imageId) || imageId in galleryStore.getState().thumbnails) return;
  wanted.add(imageId);
  askForThumbnails();
}

/** The picture has left the view: its small form is not asked for, unless it already was. */
export function leaveThumbnail(imageId: string): void {
  wanted.delete(imageId);
}

/** Deletes pictures for good; their prompts stay. Throws when the worker could not. */
export async function deleteImages(images: GalleryImage[]): Promise<void> {
  await sendMessage('deleteImages', {
    images: images.map(({ conversationId, messageId, image }) => ({
      conversationId,
      messageId,
      imageId: image.id,
    })),
  });
  const deleted = new Set(images.map(imageKey));
  galleryStore.setState((state) => ({
    images: state.images?.filter((image) => !deleted.has(imageKey(image))) ?? null,
  }));
}

async function fetchImages(): Promise<void> {
  try {
    galleryStore.setState({ images: await sendMessage('listImages'), isFailed: false });
  } catch {
    galleryStore.setState({ isFailed: true });
  }
}

function askForThumbnails(): void {
  for (const imageId of wanted) {
    if (asked.size >= AT_ONCE) return;
    wanted.delete(imageId);
    asked.add(imageId);
    post({ type: 'load-thumbnail', imageId });
  }
}

function receive(message: WorkerMessage): void {
  if (message.type === 'thumbnail') {
    const { imageId, url } = message;
    asked.delete(imageId);
    galleryStore.setState(({ thumbnails }) => ({ thumbnails: { ...thumbnails, [imageId]: url } }));
    askForThumbnails();
  }
  const hasChanged = message.type === 'summary' || message.type === 'conversations-gone';
  if (hasChanged && isFollowed) void loadGallery();
}

listen(receive);

// What the last worker did not answer or tell, the next one is asked.
chatStore.subscribe((state, before) => {
  if (!state.isConnected || before.isConnected) return;
  for (const imageId of asked) post({ type: 'load-thumbnail', imageId });
  if (isFollowed) void loadGallery();
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '@/lib/panel/connection';
import {
  deleteImages,
  followGallery,
  galleryStore,
  leaveThumbnail,
  loadGallery,
  loadThumbnail,
} from '@/lib/panel/gallery-store';
import type { GalleryImage, WorkerMessage } from '@/lib/messages';
import { answers, extension, requests, setUpPage } from '../../component';
import type { FakePort } from '../../fake-port';
import { conversationOf } from '../../samples';

setUpPage();

/** The worker's ends of the page's ports, and what came on them. */
let ports: FakePort[];
let posted: unknown[];

/** Every test has pictures of its own: the store outlives them. */
let testNumber = 0;
const idOf = (name: string | number) => `${testNumber}-${name}`;

beforeEach(() => {
  testNumber += 1;
  ports = [];
  posted = [];
  extension.onConnect.addListener((port) => {
    ports.push(port);
    port.onMessage.addListener((message) => {
      posted.push(message);
    });
    port.postMessage({ type: 'snapshot', seq: 0, conversation: conversationOf([]) });
  });
  galleryStore.setState({ images: null, isFailed: false, thumbnails: {} });
});

const tell = (message: WorkerMessage) => ports.at(-1)?.postMessage(message);

const asked = () =>
  posted.flatMap((message) =>
    JSON.stringify(message).includes('load-thumbnail') ? [message] : [],
  );

const askFor = (name: string | number) => ({ type: 'load-thumbnail', imageId: idOf(name) });

const shown = () => galleryStore.getState().images?.map(({ prompt }) => prompt);

async function connectPage() {
  connect('c');
  await vi.waitFor(() => expect(posted).toHaveLength(1));
}

function image(name: string): GalleryImage {
  return {
    conversationId: 'c',
    messageId: `message of ${name}`,
    image: { id: idOf(name), mediaType: 'image/png', bytes: 1, width: 1, height: 1 },
    prompt: name,
    createdAt: 1,
  };
}

describe('a thumbnail', () => {
  it('is asked for once, and comes on the port', async () => {
    await connectPage();
    loadThumbnail(idOf('a'));
    loadThumbnail(idOf('a'));
    await vi.waitFor(() => expect(asked()).toEqual([askFor('a')]));
    tell({ type: 'thumbnail', imageId: idOf('a'), url: 'data:small' });
    await vi.waitFor(() =>
      expect(galleryStore.getState().thumbnails).toEqual({ [idOf('a')]: 'data:small' }),
    );
    loadThumbnail(idOf('a'));
    loadThumbnail(idOf('b'));
    await vi.waitFor(() => expect(asked()).toEqual([askFor('a'), askFor('b')]));
    tell({ type: 'thumbnail', imageId: idOf('b'), url: null });
    await vi.waitFor(() => expect(galleryStore.getState().thumbnails[idOf('b')]).toBeNull());
  });

  it('is asked for eight at a time, and not at all when it left the view meanwhile', async () => {
    await connectPage();
    const names = Array.from({ length: 11 }, (_, index) => index);
    for (const name of names) loadThumbnail(idOf(name));
    leaveThumbnail(idOf(8));
    await vi.waitFor(() => expect(asked()).toEqual(names.slice(0, 8).map(askFor)));
    for (const name of names.slice(0, 8)) {
      tell({ type: 'thumbnail', imageId: idOf(name), url: null });
    }
    await vi.waitFor(() => expect(asked().slice(8)).toEqual([askFor(9), askFor(10)]));
    for (const name of [9, 10]) tell({ type: 'thumbnail', imageId: idOf(name), url: null });
    await vi.waitFor(() =>
      expect(Object.keys(galleryStore.getState().thumbnails)).toHaveLength(10),
    );
  });

  it('that the worker did not send before it ended is asked for again', async () => {
    await connectPage();
    loadThumbnail(idOf('a'));
    await vi.waitFor(() => expect(asked()).toHaveLength(1));
    extension.ports.at(-1)?.break();
    await vi.waitFor(() => expect(asked()).toEqual([askFor('a'), askFor('a')]));
    expect(ports).toHaveLength(2);
    tell({ type: 'thumbnail', imageId: idOf('a'), url: 'data:small' });
    await vi.waitFor(() => expect(galleryStore.getState().thumbnails[idOf('a')]).toBeTruthy());
  });
});

describe('the list of pictures', () => {
  it('is loaded again when a conversation changes, as long as somebody looks', async () => {
    await connectPage();
    answers['listImages'] = () => [image('one')];
    const stop = followGallery();
    await vi.waitFor(() => expect(shown()).toEqual(['one']));
    answers['listImages'] = () => [image('two'), image('one')];
    tell({ type: 'conversations-gone', ids: null });
    await vi.waitFor(() => expect(shown()).toEqual(['two', 'one']));
    stop();
    answers['listImages'] = () => [];
    tell({ type: 'conversations-gone', ids: null });
    // What comes later has come after it.
    tell({ type: 'thumbnail', imageId: 'later', url: null });
    await vi.waitFor(() => expect(galleryStore.getState().thumbnails['later']).toBeNull());
    expect(shown()).toEqual(['two', 'one']);
  });

  it('is asked for once more, not many times, when it grew old while it was on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<GalleryImage[]>();
    answers['listImages'] = () => promise;
    const loaded = loadGallery();
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    answers['listImages'] = () => [image('new')];
    for (let times = 0; times < 5; times += 1) void loadGallery();
    resolve([image('old')]);
    await loaded;
    expect(shown()).toEqual(['new']);
    expect(requests.map(({ type }) => type)).toEqual(['listImages', 'listImages']);
  });

  it('stays when it cannot be loaded again, and the failure is known', async () => {
    answers['listImages'] = () => [image('one')];
    await loadGallery();
    answers['listImages'] = () => {
      throw new Error('broken');
    };
    await loadGallery();
    expect(galleryStore.getState()).toMatchObject({ isFailed: true, images: [image('one')] });
  });

  it('loses the pictures that the worker has deleted', async () => {
    galleryStore.setState({ images: [image('one'), image('two')] });
    await deleteImages([image('one')]);
    expect(shown()).toEqual(['two']);
    expect(requests).toEqual([
      {
        type: 'deleteImages',
        data: {
          images: [{ conversationId: 'c', messageId: 'message of one', imageId: idOf('one') }],
        },
      },
    ]);
  });

  it('keeps those that the worker could not delete', async () => {
    galleryStore.setState({ images: [image('one')] });
    answers['deleteImages'] = () => {
      throw new Error('broken');
    };
    await expect(deleteImages([image('one')])).rejects.toThrow('broken');
    expect(shown()).toEqual(['one']);
  });
});

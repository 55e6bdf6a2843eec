/** Pictures by a server that draws several, tells how far it is, and takes pictures to change them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ImageInfo, Message } from '@/lib/conversation';
import { promptImagesOf, textOf } from '@/lib/message-text';
import { png } from '../fixtures/pictures';
import { openPage, otherHosts, request, setUpRoundTrip, storedMessages } from '../round-trip';
import { pictureModel } from '../samples';
import {
  CHECKPOINTS,
  startAutomatic1111,
  type Automatic1111StandIn,
} from '../stand-ins/automatic1111.ts';

setUpRoundTrip();

const model = { provider: 'automatic1111', model: CHECKPOINTS[0] ?? '' };
const key = `${model.provider}\n${model.model}`;
let server: Automatic1111StandIn;

beforeEach(async () => {
  server = await startAutomatic1111();
  otherHosts.add(`127.0.0.1:${server.port}`);
  await fakeBrowser.storage.local.set({
    providerSettings: { automatic1111: { address: `http://127.0.0.1:${server.port}` } },
  });
  await request('activateProvider', { provider: 'automatic1111', isActive: true });
  await request('refreshModels', { provider: 'automatic1111' });
});
afterEach(async () => {
  otherHosts.clear();
  await server.close();
});

async function openDrawing(options: { size?: string; count?: number } = {}) {
  await fakeBrowser.storage.local.set({ imageOptions: { [key]: options } });
  const page = await openPage();
  await page.selectModel(model);
  await page.until(({ conversation }) => conversation?.model.model === model.model);
  return page;
}

function imagesOf({ parts }: Message): (ImageInfo | null)[] {
  return parts.flatMap((part) => (part.type === 'image' ? [part.image] : []));
}

async function openWithPicture() {
  const page = await openDrawing();
  await page.say('A cat');
  const made = await page.last('done');
  const [picture] = promptImagesOf(made);
  if (!picture) throw new Error('no picture came');
  const imagePrompts = await import('@/lib/panel/image-prompts');
  return { page, made, picture, ...imagePrompts };
}

describe('several pictures', () => {
  it('stand in one message, as many and as large as was chosen', async () => {
    const page = await openDrawing({ count: 3, size: '768x512' });
    await page.say('Cats');
    const images = imagesOf(await page.last('done'));
    expect(images).toMatchObject(
      Array.from({ length: 3 }, () => ({ width: 768, height: 512, mediaType: 'image/png' })),
    );
    expect(new Set(images.map((image) => image?.id)).size).toBe(3);
    expect(server.drawings).toMatchObject([
      { prompt: 'Cats', batch_size: 3, override_settings: { sd_model_checkpoint: model.model } },
    ]);
  });

  it('have their places, in their shape, from the start', async () => {
    server.hold();
    const page = await openDrawing({ count: 2, size: '768x512' });
    await page.say('Cats');
    const place = { type: 'image', prompt: 'Cats', image: null, size: '768x512' };
    expect((await page.last('streaming')).parts).toEqual([place, place]);
    server.finish();
    await page.last('done');
  });

  it('are no more than the model makes, whatever was chosen once', async () => {
    const page = await openDrawing({ count: 40, size: '9000x9000' });
    await page.say('Cats');
    expect(imagesOf(await page.last('done'))).toHaveLength(4);
    expect(server.drawings).toMatchObject([{ width: 512, height: 512 }]);
  });

  it('of one conversation are all in the gallery', async () => {
    const page = await openDrawing({ count: 2 });
    await page.say('Cats');
    await page.last('done');
    expect(await request('listImages')).toHaveLength(2);
  });
});

describe('while it draws', () => {
  it('pages are told how far it is, until it is done', async () => {
    server.hold();
    server.setProgress(0.25);
    const page = await openDrawing();
    await page.say('A cat');
    const { progress } = await page.until((state) => state.progress !== null);
    const reply = await page.last('streaming');
    expect(progress).toMatchObject({ messageId: reply.id, fraction: 0.25 });
    server.finish();
    await page.last('done');
    expect(page.state().progress).toBeNull();
  });

  it('Stop tells the server', async () => {
    server.hold();
    const page = await openDrawing();
    await page.say('A cat');
    await expect.poll(() => server.drawings).toHaveLength(1);
    await page.stopReply();
    await page.last('stopped');
    await server.waitForRequest(({ path }) => path === '/sdapi/v1/interrupt');
  });
});

describe('what goes wrong', () => {
  it.each([
    [404, { detail: 'Not Found' }, 'not-found'],
    [401, { detail: 'Not authenticated' }, 'unauthorized'],
    [500, { error: 'OutOfMemoryError', errors: 'CUDA out of memory' }, 'server-fault'],
    [200, { images: [] }, 'empty-reply'],
    [200, { images: ['no base64!'] }, 'bad-image'],
    [200, { images: [Buffer.from('<html>').toString('base64')] }, 'bad-image'],
  ])('%i %j is said in words', async (status, body, kind) => {
    server.answerNext({ status, body });
    const page = await openDrawing({ count: 2 });
    await page.say('A cat');
    expect((await page.last('failed')).error).toMatchObject({ kind });
  });

  it('fewer pictures than were asked for leave no empty places', async () => {
    server.answerNext({ status: 200, body: { images: [Buffer.from(png).toString('base64')] } });
    const page = await openDrawing({ count: 3 });
    await page.say('A cat');
    expect(imagesOf(await page.last('done'))).toMatchObject([{ width: 1 }]);
  });
});

describe('a picture that is to be changed', () => {
  it('goes along with the words, to the server too', async () => {
    const { page, picture, attachImage } = await openWithPicture();
    await attachImage(picture);
    await page.say('Make it blue');
    const prompt = await page
      .until(() => page.branch().length === 4)
      .then(() => page.branch().at(-2));
    expect(prompt?.parts).toEqual([
      { type: 'image', ...picture },
      { type: 'text', text: 'Make it blue' },
    ]);
    await page.last('done');
    expect(page.state().attached).toBeNull();
    const [, change] = server.drawings;
    expect(change?.prompt).toBe('Make it blue');
    const sent = Buffer.from(change?.init_images?.[0] ?? '', 'base64');
    expect(sent.length).toBe(picture.image.bytes);
    expect(await request('listImages')).toHaveLength(2);
  });

  it('can be varied with the words that it was made from', async () => {
    const { page, picture, makeVariations } = await openWithPicture();
    await makeVariations(picture, model);
    await page.until(() => page.branch().length === 4);
    await page.last('done');
    expect(server.drawings[1]).toMatchObject({ prompt: 'A cat', batch_size: 1 });
    expect(server.drawings[1]?.init_images).toHaveLength(1);
  });

  it('stays with its prompt when that is edited', async () => {
    const { page, picture, attachImage } = await openWithPicture();
    await attachImage(picture);
    await page.say('Make it blue');
    await page.until(() => page.branch().length === 4);
    await page.last('done');
    const id = page.branch().at(-2)?.id ?? '';
    await page.editPrompt(id, { id: 'edited', text: 'Make it red' });
    await page.until(() => server.drawings.length === 3);
    await page.last('done');
    expect(server.drawings[2]).toMatchObject({ prompt: 'Make it red' });
    expect(server.drawings[2]?.init_images).toHaveLength(1);
  });

  it('waits with its prompt while another picture is drawn', async () => {
    const { page, picture, attachImage } = await openWithPicture();
    server.hold();
    await page.say('A dog');
    await page.last('streaming');
    await attachImage(picture);
    await page.say('Make it blue');
    await page.until(({ conversation }) => conversation?.queue.length === 1);
    expect(page.state().conversation?.queue[0]?.images).toEqual([picture]);
    server.finish();
    await page.until(() => page.branch().length === 6);
    await page.last('done');
    expect(server.drawings[2]?.init_images).toHaveLength(1);
  });

  it('is not sent to a model that cannot', async () => {
    const { page, picture } = await openWithPicture();
    const conversationId = page.state().conversation?.id ?? '';
    await request('sendPrompt', {
      conversationId,
      messageId: 'm',
      text: 'Make it blue',
      model: pictureModel,
      images: [picture],
    });
    await page.until(() => page.branch().length === 4);
    expect((await page.last('failed')).error).toMatchObject({ kind: 'unsupported' });
    const stored = await storedMessages(conversationId);
    expect(stored.at(-2)?.text).toBe('Make it blue');
  });

  it('that was deleted meanwhile is said to be gone', async () => {
    const { page, made, picture, attachImage } = await openWithPicture();
    await attachImage(picture);
    await request('deleteImages', {
      images: [
        {
          conversationId: page.state().conversation?.id ?? '',
          messageId: made.id,
          imageId: picture.image.id,
        },
      ],
    });
    await page.say('Make it blue');
    await page.until(() => page.branch().length === 4);
    expect((await page.last('failed')).error).toEqual({ kind: 'bad-image' });
    expect(page.branch().map(textOf).at(-2)).toBe('Make it blue');
  });
});

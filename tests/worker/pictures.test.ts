/** Pictures: from the service's JSON to a data URL in the page. */
import { describe, expect, it } from 'vitest';
import type { ImageInfo, Message } from '@/lib/conversation';
import { gif, jpeg, png, webp } from '../fixtures/pictures';
import { extension, killWorker, openPage, service, setUpRoundTrip, type Page } from '../round-trip';
import { pictureModel } from '../samples';
import { IMAGE_HOST } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

const foreign = 'http://pictures.example/pictures/cat.png';

async function askForPicture(prompt = 'A cat'): Promise<Page> {
  const page = await openPage();
  await page.selectModel(pictureModel);
  await page.until(({ conversation }) => conversation?.model.model === 'dalle');
  await page.say(prompt);
  return page;
}

function imageOf({ parts }: Message): ImageInfo {
  const image = parts.flatMap((part) =>
    part.type === 'image' && part.image ? [part.image] : [],
  )[0];
  if (!image) throw new Error('no picture came');
  return image;
}

async function urlOf(page: Page, { id }: ImageInfo): Promise<string | null | undefined> {
  page.loadImage(id);
  const { images } = await page.until((state) => state.images[id] !== undefined);
  return images[id];
}

function dataUrl(mediaType: string, bytes: Uint8Array): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}

function requestsTo(part: string) {
  return service.requests.filter(({ path }) => path.includes(part));
}

describe('a picture', () => {
  it.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/webp', webp],
    ['image/gif', gif],
  ])(
    'comes as a data URL of %s, by its bytes, whatever the server calls it',
    async (type, bytes) => {
      service.pictureNext({ kind: 'bytes', contentType: 'text/plain', bytes });
      const page = await askForPicture('A cat');
      const image = imageOf(await page.last('done'));
      expect(image).toMatchObject({ mediaType: type, bytes: bytes.length, width: 1, height: 1 });
      expect(await urlOf(page, image)).toBe(dataUrl(type, bytes));
    },
  );

  it('is drawn by the service after its prompt, and fetched at once from its other host', async () => {
    const page = await askForPicture('Кот у моря');
    const message = await page.last('done');
    expect(imageOf(message)).toMatchObject({ mediaType: 'image/png', width: 1024, height: 1024 });
    expect(message.parts).toMatchObject([{ type: 'image', prompt: 'Кот у моря' }]);
    expect(service.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('has a place in the message from the start', async () => {
    service.answerNext({ kind: 'silent' });
    const page = await askForPicture();
    const message = await page.last('streaming');
    expect(message.parts).toEqual([{ type: 'image', prompt: 'A cat', image: null }]);
  });

  it('is still there in a later worker, without asking the service again', async () => {
    service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: png });
    const page = await askForPicture();
    const image = imageOf(await page.last('done'));
    killWorker();
    await page.until(({ isConnected }) => isConnected);
    const again = await openPage();
    expect(await urlOf(again, image)).toBe(dataUrl('image/png', png));
    expect(service.requests).toHaveLength(2);
  });

  it('whose bytes are gone is null', async () => {
    const page = await openPage();
    const gone = { id: 'gone', mediaType: 'image/png', bytes: 1, width: 1, height: 1 };
    expect(await urlOf(page, gone)).toBeNull();
  });

  it('that was asked for while the connection was broken comes with the next one', async () => {
    service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: png });
    const page = await askForPicture();
    const image = imageOf(await page.last('done'));
    page.loseConnection();
    expect(await urlOf(page, image)).toBe(dataUrl('image/png', png));
  });

  it('can be stopped while it is fetched', async () => {
    service.pictureNext({ kind: 'silent', headersFirst: true });
    const page = await askForPicture();
    await service.waitForRequest(({ path }) => path.includes('/pictures/'));
    await page.stopReply();
    await service.waitForRequest(({ closedByClientAt }) => closedByClientAt !== undefined);
    expect(await page.last('stopped')).not.toHaveProperty('error');
  });
});

describe('what is no picture', () => {
  it.each([
    ['a web page', { kind: 'html' }, { kind: 'bad-image' }],
    ['404', { kind: 'gone' }, { kind: 'bad-image', status: 404, host: IMAGE_HOST }],
    ['a picture without end', { kind: 'endless' }, { kind: 'too-large' }],
  ] as const)(
    '%s is refused in words',
    async (_, behaviour, error) => {
      service.pictureNext(behaviour);
      const page = await askForPicture();
      expect((await page.last('failed')).error).toMatchObject(error);
    },
    20_000,
  );

  it('keeps the prompt, which can be sent again', async () => {
    service.pictureNext({ kind: 'gone' }, { kind: 'bytes', contentType: '', bytes: png });
    const page = await askForPicture('A cat');
    await page.regenerateReply((await page.last('failed')).id);
    expect(imageOf(await page.last('done')).mediaType).toBe('image/png');
    expect(requestsTo('/chat/send2/').map(({ body }) => body.includes('A cat'))).toEqual([
      true,
      true,
    ]);
  });
});

describe('a picture on a host that is not allowed', () => {
  const origin = 'http://pictures.example/*';

  async function askForForeign(): Promise<{ page: Page; failed: Message }> {
    extension.denied.add(origin);
    service.answerNext({ kind: 'image-url', url: foreign });
    service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: png });
    const page = await askForPicture();
    return { page, failed: await page.last('failed') };
  }

  it('is not fetched, and the host is named', async () => {
    const { failed } = await askForForeign();
    expect(failed.error).toEqual({
      kind: 'no-permission',
      host: 'pictures.example',
      imageUrl: foreign,
    });
    expect(requestsTo('/pictures/')).toEqual([]);
  });

  it('is fetched once it is allowed, without asking the service again', async () => {
    const { page, failed } = await askForForeign();
    await page.allowAccess(failed, { origin, isImage: true });
    const message = await page.last('done');
    expect(message.id).toBe(failed.id);
    expect(message).not.toHaveProperty('error');
    expect(await urlOf(page, imageOf(message))).toBe(dataUrl('image/png', png));
    expect(extension.requested).toEqual([origin]);
    expect(requestsTo('/chat/send2/')).toHaveLength(1);
  });

  it('is left alone when the person says no', async () => {
    const { page, failed } = await askForForeign();
    extension.isGranting = false;
    await page.allowAccess(failed, { origin, isImage: true });
    expect(page.branch().at(-1)).toEqual(failed);
    expect(requestsTo('/pictures/')).toEqual([]);
  });
});

it('a service that is not allowed is asked once it is, with the same prompt', async () => {
  const origin = 'http://127.0.0.1/*';
  extension.denied.add(origin);
  service.answerNext({ kind: 'text', text: 'Hello' });
  const page = await openPage();
  await page.say('Hi');
  const failed = await page.last('failed');
  expect(failed.error).toEqual({ kind: 'no-permission', host: `127.0.0.1:${service.port}` });
  expect(service.requests).toEqual([]);
  await page.allowAccess(failed, { origin, isImage: false });
  await page.last('done', 'Hello');
  expect(page.texts()).toEqual(['Hi', 'Hello']);
});

import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/lib/errors';
import {
  decodeImage,
  describeImage,
  downloadImage,
  downloadImages,
  IMAGE_LIMIT,
  readBytes,
} from '@/lib/stream/image';
import { bodyOf, bytesOf, endlessBody } from '../../fake-body';
import {
  avif,
  avifWithFarHead,
  gif,
  heic,
  jpeg,
  png,
  pngOfSize,
  webp,
  webpLossless,
} from '../../fixtures/pictures';

describe('a picture is known by its bytes', () => {
  it.each([
    ['PNG', png, { mediaType: 'image/png', width: 1, height: 1 }],
    ['JPEG', jpeg, { mediaType: 'image/jpeg', width: 1, height: 1 }],
    ['WebP', webp, { mediaType: 'image/webp', width: 1, height: 1 }],
    ['lossless WebP', webpLossless, { mediaType: 'image/webp', width: 1, height: 1 }],
    ['GIF', gif, { mediaType: 'image/gif', width: 1, height: 1 }],
    ['AVIF', avif, { mediaType: 'image/avif', width: 2, height: 2 }],
    [
      'a PNG of 1024 × 768',
      pngOfSize(1024, 768),
      { mediaType: 'image/png', width: 1024, height: 768 },
    ],
    [
      'the largest one',
      pngOfSize(10_000, 10_000),
      { mediaType: 'image/png', width: 1e4, height: 1e4 },
    ],
  ])('%s', (_, bytes, facts) => {
    expect(describeImage(bytes)).toEqual(facts);
  });

  it.each([
    ['a web page', bytesOf('<!doctype html><title>Gone</title>')],
    ['SVG, which can hold scripts', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['SVG behind an XML head', bytesOf('<?xml version="1.0"?><svg width="1" height="1"/>')],
    ['HEIC, which browsers do not show', heic],
    ['a BMP', bytesOf('BM' + '\0'.repeat(60))],
    ['a text', bytesOf('no picture')],
    ['nothing', new Uint8Array()],
    ['a PNG cut within its signature', png.slice(0, 4)],
    ['a PNG cut within its header', png.slice(0, 20)],
    ['a JPEG cut before its size', jpeg.slice(0, 30)],
    ['a WebP cut within its header', webp.slice(0, 14)],
    ['a GIF cut within its header', gif.slice(0, 7)],
    ['an AVIF cut within its header', avif.slice(0, 60)],
    ['an AVIF whose size stands far behind its head', avifWithFarHead],
    ['a picture without width', pngOfSize(0, 10)],
    ['a picture without height', pngOfSize(10, 0)],
    ['a picture of more pixels than memory holds', pngOfSize(20_000, 20_000)],
    ['a picture of absurd size', pngOfSize(0xffffffff, 0xffffffff)],
  ])('refuses %s', (_, bytes) => {
    let thrown: unknown;
    try {
      describeImage(bytes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ProviderError);
    expect(thrown).toMatchObject({ data: { kind: 'bad-image' } });
  });
});

describe('the bytes of a body', () => {
  it('come whole, however the body is cut', async () => {
    for (const size of [1, 7, Infinity]) {
      expect(await readBytes(bodyOf(png, { size }).stream, 1000)).toEqual(png);
    }
  });

  it('may be exactly as many as the limit', async () => {
    expect(await readBytes(bodyOf(png, { size: 10 }).stream, png.length)).toHaveLength(png.length);
  });

  it('are refused as soon as there are more, and the body is closed', async () => {
    const body = endlessBody('x'.repeat(1000));
    await expect(readBytes(body.stream, 5000)).rejects.toMatchObject({
      data: { kind: 'too-large' },
    });
    expect(body).toMatchObject({ isCancelled: true, taken: 6 });
  });

  it('are no picture when the connection breaks', async () => {
    const { stream } = bodyOf(png, { size: 10, brokenBy: new TypeError('terminated') });
    await expect(readBytes(stream, 1000)).rejects.toMatchObject({
      data: { kind: 'connection-lost' },
    });
  });

  it('stop with the abort', async () => {
    const abort = new DOMException('aborted', 'AbortError');
    await expect(readBytes(bodyOf(png, { brokenBy: abort }).stream, 1000)).rejects.toBe(abort);
  });
});

const nobody = () => Promise.reject(new Error('asked'));
const refuse = () =>
  Promise.reject(new ProviderError({ kind: 'no-permission', host: 'pictures.example' }));

describe('a download', () => {
  const url = 'https://pictures.example/cat.png';

  it('asks for the address without cookies, and gives the bytes as they came', async () => {
    const asked: unknown[] = [];
    const { signal } = new AbortController();
    const bytes = await downloadImage(
      (address, init) => {
        asked.push([address, init]);
        return Promise.resolve(new Response(png));
      },
      url,
      signal,
    );
    expect(bytes).toEqual(png);
    expect(asked).toEqual([[url, { credentials: 'omit', cache: 'no-store', signal }]]);
  });

  it.each([
    '',
    'cat.png',
    '//pictures.example/cat.png',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'blob:https://x/1',
    'ftp://x/cat.png',
  ])('of %j is refused without asking anybody', async (address) => {
    await expect(downloadImage(nobody, address, undefined)).rejects.toMatchObject({
      data: { kind: 'bad-image', detail: address },
    });
  });

  it.each([403, 404, 410, 500])('answered by %i says that the picture is gone', async (status) => {
    const body = bodyOf('<Error>BlobNotFound</Error>');
    const answer = () => Promise.resolve(new Response(body.stream, { status }));
    await expect(downloadImage(answer, url, undefined)).rejects.toMatchObject({
      data: { kind: 'bad-image', host: 'pictures.example', status },
    });
    expect(body.isCancelled).toBe(true);
  });

  it('without permission names the picture, so that it can be fetched later', async () => {
    await expect(downloadImage(refuse, url, undefined)).rejects.toMatchObject({
      data: { kind: 'no-permission', host: 'pictures.example', imageUrl: url },
    });
  });

  it('without a connection says so', async () => {
    const offline = new ProviderError({ kind: 'offline', host: 'pictures.example' });
    await expect(downloadImage(() => Promise.reject(offline), url, undefined)).rejects.toBe(
      offline,
    );
  });

  it('without end is refused at 25 MB', async () => {
    const body = endlessBody('x'.repeat(1024 * 1024));
    const answer = () => Promise.resolve(new Response(body.stream));
    await expect(downloadImage(answer, url, undefined)).rejects.toMatchObject({
      data: { kind: 'too-large' },
    });
    expect(body.isCancelled).toBe(true);
    expect(body.taken).toBe(IMAGE_LIMIT / 1024 / 1024 + 1);
  });
});

describe('several pictures', () => {
  const urls = [
    'https://pictures.example/1.png',
    'https://other.example/2.png',
    'https://pictures.example/3.png',
  ];

  it('are fetched in their order', async () => {
    const images = await downloadImages(
      (address) => Promise.resolve(new Response(address)),
      urls,
      undefined,
    );
    expect(images.map((bytes) => new TextDecoder().decode(bytes))).toEqual(urls);
  });

  it('one of which is not allowed are all named, so that all can be fetched later', async () => {
    const answer = (address: string) =>
      address === urls[1] ? refuse() : Promise.resolve(new Response('ok'));
    await expect(downloadImages(answer, urls, undefined)).rejects.toMatchObject({
      data: { kind: 'no-permission', imageUrl: urls[1], moreImageUrls: [urls[0], urls[2]] },
    });
  });
});

describe('a picture in base64', () => {
  const base64 = Buffer.from(png).toString('base64');

  it.each([base64, `data:image/png;base64,${base64}`])('is its bytes: %s', (text) => {
    expect(decodeImage(text)).toEqual(png);
  });

  it.each([
    ['no base64!', 'bad-image'],
    ['A'.repeat((IMAGE_LIMIT / 3) * 4 + 8), 'too-large'],
  ])('that is none or too much fails in words: %#', (text, kind) => {
    expect(() => decodeImage(text)).toThrow(kind);
  });
});

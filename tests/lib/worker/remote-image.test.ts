import { describe, expect, it, vi } from 'vitest';
import { ProviderError } from '@/lib/errors';
import { IMAGE_LIMIT } from '@/lib/stream/image';
import { loadRemoteImage } from '@/lib/worker/remote-image';
import { bodyOf, bytesOf, endlessBody } from '../../fake-body';
import { png, pngOfSize } from '../../fixtures/pictures';

const url = 'https://pictures.example/a/b.png?c';

function setUp(answer: () => Response | Promise<Response>, { isAllowed = true } = {}) {
  const ending = new AbortController();
  const fetch = vi.fn<typeof globalThis.fetch>(async () => answer());
  const dependencies = {
    fetch,
    isAllowed: vi.fn<(pattern: string) => Promise<boolean>>(() => Promise.resolve(isAllowed)),
    enforceProxy: vi.fn<(url: string) => Promise<unknown>>(() => Promise.resolve(undefined)),
    signal: ending.signal,
  };
  return { ...dependencies, ending, load: (from = url) => loadRemoteImage(from, dependencies) };
}

const answered = (bytes: Uint8Array<ArrayBuffer>, init?: ResponseInit) =>
  new Response(bodyOf(bytes).stream, init);

describe('a picture of the web', () => {
  it('comes as a data URL with its size, whatever the server calls it', async () => {
    const bytes = pngOfSize(640, 480);
    const headers = { 'content-type': 'text/html' };
    const { load } = setUp(() => answered(bytes, { headers }));
    expect(await load()).toEqual({
      url: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
      width: 640,
      height: 480,
    });
  });

  it('is asked for without cookies, referrer and cache, and without following', async () => {
    const { load, fetch } = setUp(() => answered(png));
    await load();
    expect(fetch).toHaveBeenCalledOnce();
    const [asked, init] = fetch.mock.calls[0] ?? [];
    expect(asked).toBe(url);
    expect(init).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'manual',
    });
    expect(init?.method).toBeUndefined();
  });

  it('is not asked for before its host is allowed', async () => {
    const { load, fetch, isAllowed } = setUp(() => answered(png), { isAllowed: false });
    expect(await load()).toEqual({ trouble: 'no-permission' });
    expect(isAllowed).toHaveBeenCalledExactlyOnceWith('https://pictures.example/*');
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ['http://127.0.0.1:11434/api/tags', 'local-address'],
    ['http://192.168.1.1/reboot', 'local-address'],
    ['http://router/', 'local-address'],
    ['file:///etc/passwd', 'bad-image'],
    ['data:image/png;base64,AAAA', 'bad-image'],
    ['javascript:alert(1)', 'bad-image'],
    ['https://*/x.png', 'bad-image'],
    ['nonsense', 'bad-image'],
  ])('is never asked for at %s', async (from, trouble) => {
    const { load, fetch, isAllowed } = setUp(() => answered(png));
    expect(await load(from)).toEqual({ trouble });
    expect(isAllowed).not.toHaveBeenCalled();
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 'offline'],
    ['a redirect', () => new Response(null, { status: 302 }), 'redirect'],
    ['a page in its place', () => answered(bytesOf('<!doctype html>Gone')), 'bad-image'],
    ['SVG', () => answered(bytesOf('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'bad-image'],
    ['an error with a picture', () => answered(png, { status: 404 }), 'bad-image'],
    ['nothing', () => new Response(null, { status: 204 }), 'bad-image'],
    [
      'a broken connection',
      () => new Response(bodyOf(png, { brokenBy: new TypeError('network error') }).stream),
      'connection-lost',
    ],
  ])('that is %s is told in a word', async (_, answer, trouble) => {
    expect(await setUp(answer).load()).toEqual({ trouble });
  });

  it.each(['proxy-blocked', 'key-locked'] as const)(
    'is not asked for past the proxy of its address (%s)',
    async (kind) => {
      const { load, fetch, enforceProxy } = setUp(() => answered(png));
      enforceProxy.mockRejectedValueOnce(new ProviderError({ kind, host: 'proxy.example:3128' }));
      expect(await load()).toEqual({ trouble: 'proxy-blocked' });
      expect(enforceProxy).toHaveBeenCalledExactlyOnceWith(url);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it('that is endless is cut off at the limit', async () => {
    const body = endlessBody('x'.repeat(1024 * 1024));
    const { load } = setUp(() => new Response(body.stream));
    expect(await load()).toEqual({ trouble: 'too-large' });
    expect(body.isCancelled).toBe(true);
    expect(body.taken).toBeLessThan(IMAGE_LIMIT / 1024 / 1024 + 3);
  });

  it('that does not come is not waited for without end', async () => {
    const { load, ending } = setUp(
      () => new Response(bodyOf(png, { brokenBy: new Error('aborted') }).stream),
    );
    ending.abort(new DOMException('timed out', 'TimeoutError'));
    expect(await load()).toEqual({ trouble: 'timeout' });
  });
});

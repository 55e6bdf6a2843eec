import { describe, expect, it } from 'vitest';
import { breakable, placeToTell, shortenAddress } from '@/lib/markdown/link-text';

describe('where a link leads', () => {
  it.each([
    ['https://museum.ge/tickets', 'the museum', 'museum.ge'],
    ['https://evil.example/', 'https://bank.example', 'evil.example'],
    ['https://evil.example/', 'bank.example, or evil.example', 'evil.example'],
    ['https://evil.example/', 'https://bank.example/?next=evil.example', 'evil.example'],
    ['https://bank.com@evil.example/', 'https://bank.com@evil.example/', 'evil.example'],
    ['https://evil.example/', 'evil.example@bank.com', 'evil.example'],
    ['https://bank.com/', 'bank.com.evil.example', 'bank.com'],
    ['https://bank.com/', 'bank.com-evil.example', 'bank.com'],
    ['https://x.org:8080/', 'x.org', 'x.org:8080'],
    ['https://пример.рф/', 'https://пример.рф/', 'xn--e1afmkfd.xn--p1ai'],
    ['https://xn--pple-43d.com/', 'https://аpple.com/', 'xn--pple-43d.com'],
    ['https://evil.example/', 'evil.example/\u202emoc.knab', 'evil.example'],
    ['https://evil.example/', '\u200bevil.example', 'evil.example'],
    ['https://evil.example/', 'evil.example \u2067knab\u2069', 'evil.example'],
    ['mailto:me@x.org', 'write to me', 'me@x.org'],
    ['mailto:me@x.org?bcc=you@y.org', 'you@y.org', 'me@x.org'],
  ])('to %s is told beside %j', (url, text, place) => {
    expect(placeToTell(new URL(url), text)).toBe(place);
  });

  it.each([
    ['https://museum.ge/tickets', 'https://museum.ge/tickets'],
    ['https://museum.ge/tickets', 'museum.ge, tickets'],
    ['https://museum.ge/', 'MUSEUM.ge'],
    ['http://www.museum.ge/', 'www.museum.ge'],
    ['https://x.org:8080/a', 'x.org:8080/a'],
    ['mailto:me@x.org', 'me@x.org'],
    ['mailto:me@x.org', 'mailto:me@x.org'],
  ])('to %s is not told twice beside %j', (url, text) => {
    expect(placeToTell(new URL(url), text)).toBeUndefined();
  });
});

describe('a bare address', () => {
  it('that is long has a middle that need not be seen', () => {
    const text = `https://example.org/very/${'long/'.repeat(20)}page?x=1`;
    const [head = '', middle = '', tail = ''] = shortenAddress(text) ?? [];
    expect(head + middle + tail).toBe(text);
    expect(head.startsWith('https://example.org/very/')).toBe(true);
    expect(tail.endsWith('page?x=1')).toBe(true);
    expect(head.length + tail.length).toBe(48);
  });

  it('shows its host whole, however long it is', () => {
    const host = `bank.com.${'a'.repeat(60)}.evil.example`;
    const [head] = shortenAddress(`https://${host}/${'b'.repeat(60)}`) ?? [];
    expect(head).toBe(`https://${host}/`);
  });

  it('is never cut within a character', () => {
    const text = `https://x.org/${'🙂'.repeat(60)}`;
    const pieces = shortenAddress(text) ?? ['', '', ''];
    expect(pieces.join('')).toBe(text);
    expect(pieces.filter((piece) => !piece.isWellFormed())).toEqual([]);
  });

  it.each([
    ['that is short', 'https://example.org/a'],
    ['with a host alone', `https://${'a'.repeat(60)}.example`],
    ['among words', `see https://example.org/${'a'.repeat(60)}`],
    ['of mail', `mailto:${'a'.repeat(60)}@x.org`],
    ['that is none', 'a'.repeat(60)],
  ])('%s stays whole', (_, text) => {
    expect(shortenAddress(text)).toBeUndefined();
  });
});

it('a host may be broken before its dots, and nowhere else', () => {
  const pieces = breakable('my-bank.com.evil.example').split('\u200b');
  expect(pieces).toEqual(['my-\u2060bank', '.com', '.evil', '.example']);
  expect(breakable('evil.example', 12)).toBe('evil.example');
});

import { describe, expect, it } from 'vitest';
import { withoutKey } from '@/lib/without-key';

const shown = (detail: string, key: string) => withoutKey({ kind: 'unauthorized', detail }, key);

describe('a key that a server repeats', () => {
  const key = 'sk-proj-0123456789';

  it.each([
    ['as it is', `Bad token ${key}, again ${key}.`, 'Bad token …, again ….'],
    ['cut off at the end', 'Bad token sk-proj-0123', 'Bad token …'],
    ['not at all', 'Nothing of it: sk-proj-9876', 'Nothing of it: sk-proj-9876'],
  ])('%s', (_, detail, expected) => {
    expect(shown(detail, key)).toEqual({ kind: 'unauthorized', detail: expected });
  });

  it('is no matter without a key or without details', () => {
    expect(withoutKey({ kind: 'refused', detail: 'words' }, '').detail).toBe('words');
    expect(withoutKey({ kind: 'refused' }, key)).toEqual({ kind: 'refused' });
  });
});

it('a refusal says that no key was sent, and nothing else does', () => {
  expect(withoutKey({ kind: 'unauthorized' }, '')).toEqual({
    kind: 'unauthorized',
    isKeyless: true,
  });
  expect(withoutKey({ kind: 'unauthorized' }, 'sk-1')).toEqual({ kind: 'unauthorized' });
  expect(withoutKey({ kind: 'refused' }, '')).toEqual({ kind: 'refused' });
});

describe('a key of any characters', () => {
  const key = 'a+b/c=d?e&f"g\\h 1é';

  it.each([
    ['percent-encoded', encodeURIComponent(key)],
    ['percent-encoded in small letters', encodeURIComponent(key).toLowerCase()],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(key))],
    ['percent-encoded in part', encodeURI(key)],
    ['as a JSON string', JSON.stringify(key).slice(1, -1)],
    ['with slashes escaped', JSON.stringify(key).slice(1, -1).replaceAll('/', '\\/')],
    [
      'with codes',
      key.replaceAll('é', '\\u00E9').replaceAll('"', '\\u0022').replaceAll('\\h', '\\\\h'),
    ],
  ])('is not shown %s', (_, form) => {
    expect(shown(`?key=${form}.`, key).detail).toBe('?key=….');
  });

  it.each([5, 6, 7, 8, 9, 12, 20])('is not shown when its code is cut off after %i', (length) => {
    const start = encodeURIComponent(key).slice(0, length);
    expect(shown(`?key=${start}`, key).detail).toBe(length < 9 ? `?key=${start}` : '?key=…');
  });
});

const coded = (text: string) => btoa(text);
const urlCoded = (text: string) =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

describe('a key in base64', () => {
  const key = 'sk>>proj??0123456789';
  it.each([
    ['alone', coded(key)],
    ['as a password', coded(`user:${key}`)],
    ['as a password of a longer name', coded(`users:${key}`)],
    ['as a password of the longest name', coded(`useful:${key}`)],
    ['as a password of nobody', coded(`:${key}`)],
    ['as a name', coded(`${key}:`)],
    ['in a header', coded(`Bearer ${key}\r\n`)],
    ['for an address', urlCoded(`user:${key}`)],
    ['percent-encoded', encodeURIComponent(coded(`user:${key}:`))],
  ])('is not shown %s', (_, form) => {
    expect(shown(`Not accepted: Basic ${form}, sorry`, key).detail).toBe(
      'Not accepted: Basic …, sorry',
    );
  });

  it('is not shown cut off at the end', () => {
    const start = coded(`user:${key}`).slice(0, 20);
    expect(shown(`Not accepted: Basic ${start}`, key).detail).toBe('Not accepted: Basic …');
  });

  it.each(['short', 'abc', 'a'])('leaves words alone, for the key %j too', (short) => {
    const words = 'The credentials were not accepted; ask YOUR admin/IT-desk for new ones.';
    expect(shown(words, short).detail).toBe(words.replaceAll(short, '…'));
  });
});

it('a key without end costs no time and is not shown', () => {
  const key = 'k+'.repeat(10_000);
  expect(shown(`No: ${key.slice(0, 490)}`, key).detail).toBe('No: …');
  expect(shown(`No: ${btoa(`user:${key}`).slice(0, 490)}`, key).detail).toBe('No: …');
});

import { afterEach, expect, it, vi } from 'vitest';
import { findBuiltIn } from '@/lib/worker/built-in';

afterEach(() => vi.unstubAllGlobals());

it('the browser’s own model is found where there is one: a class with methods of its own', () => {
  const LanguageModel = Object.assign(() => undefined, {
    availability: () => Promise.resolve('available'),
    create: () => Promise.reject(new Error('not asked')),
  });
  vi.stubGlobal('LanguageModel', LanguageModel);
  expect(findBuiltIn()).toBe(LanguageModel);
});

it.each([undefined, null, {}, 'LanguageModel', () => undefined])('%s is none', (value) => {
  vi.stubGlobal('LanguageModel', value);
  expect(findBuiltIn()).toBeUndefined();
});

/** How a text is chosen and filled; that both languages have the same texts is in `locales.test.ts`. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { currentLanguage, followLanguage, loadLanguage, t } from '@/lib/i18n';
import { language, type Language } from '@/lib/settings';
import { languageFiles as ofPages } from '@/lib/panel/language-files';
import { languageFiles as ofWorker } from '@/lib/worker/language-files';

async function choose(chosen: Language, files = ofPages): Promise<void> {
  await language.setValue(chosen);
  await loadLanguage(files);
}

beforeEach(async () => {
  fakeBrowser.reset();
  await choose('auto');
});

describe('the language', () => {
  it("is the browser's unless one is chosen", async () => {
    expect([currentLanguage(), t('deletePictures', { count: 2, number: 2 })]).toEqual([
      'en',
      'Delete 2 pictures?',
    ]);
    await choose('ru');
    expect([currentLanguage(), t('deletePictures', { count: 2, number: 2 })]).toEqual([
      'ru',
      'Удалить 2 картинки?',
    ]);
    await choose('auto');
    expect(t('deletePictures', { count: 2, number: 2 })).toBe('Delete 2 pictures?');
  });

  it.each([
    ['pages', ofPages],
    ['the worker', ofWorker],
  ])('can be any of ours in %s', async (_, files) => {
    await choose('ru', files);
    expect(t('openPanelCommand')).toBe('Открыть боковую панель');
    await choose('en', files);
    expect(t('languageCode')).toBe('en');
  });

  it('is there when the change is told', async () => {
    const heard = vi.fn<() => void>();
    const told = new Promise<void>((resolve) => {
      followLanguage(ofPages, () => {
        heard();
        resolve();
      });
    });
    await language.setValue('ru');
    await told;
    expect(heard).toHaveBeenCalledOnce();
    expect(currentLanguage()).toBe('ru');
  });
});

it('of two quick changes the later one counts, also when its file is there first', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  await language.setValue('ru');
  const earlier = loadLanguage({ ...ofPages, ru: () => promise });
  await language.setValue('auto');
  await loadLanguage(ofPages);
  resolve({});
  await earlier;
  expect(currentLanguage()).toBe('en');
});

describe('a text', () => {
  it.each([
    ['en', 1, 'Delete 1 picture?'],
    ['en', 0, 'Delete 0 pictures?'],
    ['ru', 1, 'Удалить 1 картинку?'],
    ['ru', 3, 'Удалить 3 картинки?'],
    ['ru', 5, 'Удалить 5 картинок?'],
    ['ru', 21, 'Удалить 21 картинку?'],
  ] as const)('has the plural form of %s for %i', async (chosen, count, expected) => {
    await choose(chosen);
    expect(t('deletePictures', { count, number: count })).toBe(expected);
  });

  it('takes a value as it is, whatever stands in it', () => {
    expect(t('deletePictures', { count: 2, number: '$& {count} <b>' })).toBe(
      'Delete $& {count} <b> pictures?',
    );
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { loadLanguage } from '@/lib/i18n';
import { formatDay, formatTime } from '@/lib/panel/dates';
import { language } from '@/lib/settings';

const now = new Date(2026, 2, 1, 0, 30).getTime();

beforeEach(() => {
  fakeBrowser.reset();
});

describe.each([
  {
    of: 'en',
    today: 'Today',
    yesterday: 'Yesterday',
    before: 'February 27, 2026',
    time: /^3:05\sPM$/u,
  },
  {
    of: 'ru',
    today: 'Сегодня',
    yesterday: 'Вчера',
    before: '27 февраля 2026 г.',
    time: /^15:05$/u,
  },
] as const)('in "$of"', ({ of, today, yesterday, before, time }) => {
  beforeEach(async () => {
    await language.setValue(of);
    await loadLanguage();
  });

  it.each([
    ['the same minute', new Date(2026, 2, 1, 0, 30), today],
    ['the first minute of the day', new Date(2026, 2, 1, 0, 0), today],
    ['the last minute of the day before', new Date(2026, 1, 28, 23, 59), yesterday],
    ['its first minute', new Date(2026, 1, 28, 0, 0), yesterday],
    ['the day before that', new Date(2026, 1, 27, 23, 59), before],
  ])('%s has the name that a person gives it', (_, date, name) => {
    expect(formatDay(date.getTime(), now)).toBe(name);
  });

  it('a time is written as the language has it', () => {
    expect(formatTime(new Date(2026, 2, 1, 15, 5).getTime())).toMatch(time);
  });
});

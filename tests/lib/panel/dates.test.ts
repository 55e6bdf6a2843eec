import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { loadLanguage } from '@/lib/i18n';
import { formatDateTime, formatDay, formatTime, formatWhen } from '@/lib/panel/dates';
import { languageFiles } from '@/lib/panel/language-files';
import { language } from '@/lib/settings';

/** A Sunday. */
const now = new Date(2026, 2, 1, 0, 30).getTime();

beforeEach(() => {
  fakeBrowser.reset();
});

describe.each([
  {
    of: 'en',
    today: 'Today',
    yesterday: 'Yesterday',
    week: 'Last 7 days',
    february: 'February',
    april: 'April 2025',
    friday: 'Fri',
    aDay: 'Feb 22',
    ahead: 'Mar 2',
    longAgo: 'May 6, 2020',
    time: /^3:05\sPM$/u,
  },
  {
    of: 'ru',
    today: 'Сегодня',
    yesterday: 'Вчера',
    week: 'Последние 7 дней',
    february: 'Февраль',
    april: 'Апрель 2025 г.',
    friday: 'пт',
    aDay: '22 февр.',
    ahead: '2 мар.',
    longAgo: '6 мая 2020 г.',
    time: /^15:05$/u,
  },
] as const)('in "$of"', ({ of, time, ...names }) => {
  beforeEach(async () => {
    await language.setValue(of);
    await loadLanguage(languageFiles);
  });

  it.each([
    ['the same minute', new Date(2026, 2, 1, 0, 30), names.today],
    ['the first minute of the day', new Date(2026, 2, 1, 0, 0), names.today],
    ['tomorrow, after the clock was set back', new Date(2026, 2, 2, 9, 0), names.today],
    ['a year ahead', new Date(2027, 5, 2, 9, 0), names.today],
    ['the last minute of the day before', new Date(2026, 1, 28, 23, 59), names.yesterday],
    ['its first minute', new Date(2026, 1, 28, 0, 0), names.yesterday],
    ['the day before that', new Date(2026, 1, 27, 23, 59), names.week],
    ['six days ago', new Date(2026, 1, 23, 0, 0), names.week],
    ['seven days ago', new Date(2026, 1, 22, 23, 59), names.february],
    ['eleven months ago', new Date(2025, 3, 1, 0, 0), names.april],
    ['twelve months ago', new Date(2025, 2, 31, 23, 59), '2025'],
    ['long ago', new Date(2020, 4, 6), '2020'],
  ])('%s has the name that a person gives it', (_, date, name) => {
    expect(formatDay(date.getTime(), now)).toBe(name);
  });

  it.each([
    ['two days ago', new Date(2026, 1, 27, 12, 0), names.friday],
    ['seven days ago', new Date(2026, 1, 22, 12, 0), names.aDay],
    ['years ago', new Date(2020, 4, 6, 12, 0), names.longAgo],
  ])('%s is told by its day', (_, date, day) => {
    expect(formatWhen(date.getTime(), true, now)).toBe(day);
  });

  it('today is told by the time, yesterday only where the day is told', () => {
    const yesterday = new Date(2026, 1, 28, 15, 5).getTime();
    expect(formatWhen(new Date(2026, 2, 1, 15, 5).getTime(), false, now)).toMatch(time);
    expect(formatWhen(yesterday, true, now)).toMatch(time);
    expect(formatWhen(yesterday, false, now)).toBe(names.yesterday);
  });

  it('what lies ahead is told by its day, not by a time', () => {
    expect(formatWhen(new Date(2026, 2, 2, 15, 5).getTime(), true, now)).toBe(names.ahead);
  });

  it('a time is written as the language has it', () => {
    const at = new Date(2026, 2, 1, 15, 5).getTime();
    expect(formatTime(at)).toMatch(time);
    expect(formatDateTime(at)).toMatch(/1.+2026.+\d:05/u);
  });

  it('a time that is none breaks nothing', () => {
    expect(typeof formatDay(8.64e15 * 2, now)).toBe('string');
    expect(typeof formatWhen(Number.NaN, true, now)).toBe('string');
  });
});

import { expect, it } from 'vitest';
import { hasWords } from '@/lib/panel/settings-search';

function sectionOf(text: string, words = ''): HTMLElement {
  const section = document.createElement('section');
  section.dataset['words'] = words;
  section.append(Object.assign(document.createElement('h2'), { textContent: text }));
  return section;
}

it.each([
  ['ключ', 'Ключи', true],
  ['КЛЮЧ', 'Получить ключ', true],
  ['ключ', 'Проверить подключение', false],
  ['подкл', 'Проверить подключение', true],
  ['прокси', 'SOCKS5-прокси', true],
  ['socks', 'SOCKS5-прокси', true],
  ['webui', 'text-generation-webui', true],
  ['еще', 'Отправляется ещё раз', true],
  ['port', 'Import and export', false],
  ['data check', 'Check the database', true],
  ['database zeppelin', 'Check the database', false],
  ['text-gen', 'text-generation-webui', true],
  ['router', 'OpenRouter', true],
  ['openrouter', 'OpenRouter', true],
  ['1111', 'AUTOMATIC1111', true],
  ['automatic1111', 'AUTOMATIC1111', true],
  ['api.openai', 'The key is sent to api.openai.com alone', true],
  [' ', 'Keys', true],
  ['…', 'Keys', false],
])('%j in %j is found: %s', (query, text, isFound) => {
  expect(hasWords(sectionOf(text), query)).toBe(isFound);
});

it('other words by which a section is known are looked at, and what stands in its fields is not', () => {
  const section = sectionOf('Reading', 'font, zoom');
  section.append(Object.assign(document.createElement('textarea'), { value: 'secret' }));
  expect(['zoom', 'font reading', 'secret'].map((query) => hasWords(section, query))).toEqual([
    true,
    true,
    false,
  ]);
});

/** Search in Settings: sections by the words of their headings, labels, buttons and hints, and their `data-words`. */
import { hasAllWords } from '../search-terms';

const READ = 'h2, h3, label, button, a, dt, p, input, [aria-label]';
/** Within names such as OpenRouter and AUTOMATIC1111: people remember either half. */
const HUMP = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})/gu;

/** Whether each word of the query begins one in the section. What was noted or written is not looked at. */
export function hasWords(section: HTMLElement, query: string): boolean {
  if (!query.trim()) return true;
  const read = [...section.querySelectorAll(READ)].map(wordsOf);
  const text = [section.dataset['words'], ...read].join('\n');
  return hasAllWords(`${text}\n${text.replace(HUMP, ' ')}`, query);
}

function wordsOf(element: Element): string {
  const { textContent } = element;
  return `${textContent} ${element.getAttribute('aria-label') ?? ''}`;
}

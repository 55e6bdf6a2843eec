/** Search in Settings: sections by the words of their headings, labels, buttons and hints, and their `data-words`. */
import { foldText } from '../search-terms';

const READ = 'h2, h3, label, button, a, dt, p, input, [aria-label]';

/** Whether all words of the query stand in the section. What was noted or written is not looked at. */
export function hasWords(section: HTMLElement, query: string): boolean {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const read = [...section.querySelectorAll(READ)].map(wordsOf);
  const text = foldText([section.dataset['words'], ...read].join('\n'));
  return words.every((word) => text.includes(word));
}

function wordsOf(element: Element): string {
  const { textContent } = element;
  return `${textContent} ${element.getAttribute('aria-label') ?? ''}`;
}

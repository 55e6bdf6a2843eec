/** Search in Settings: sections by the words of their headings, labels, buttons and hints. */
import { foldText } from '../search-terms';

const READ = 'h2, h3, label, button, a, dt, p, input, [aria-label]';

/** Whether all words of the query stand in the section. What was noted or written is not looked at. */
export function hasWords(section: Element, query: string): boolean {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const text = foldText([...section.querySelectorAll(READ)].map(wordsOf).join('\n'));
  return words.every((word) => text.includes(word));
}

function wordsOf(element: Element): string {
  const { textContent } = element;
  return `${textContent} ${element.getAttribute('aria-label') ?? ''}`;
}

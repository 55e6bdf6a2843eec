/** What a search shows of a message. */
import type { Message } from '../conversation';
import type { SearchHit } from '../messages';
import { excerptAround, marksIn } from '../search-terms';
import { withoutMarksAround } from '../without-marks';

/**
 * The words of a message's text around the first hit, as they are read: a reply without its marks,
 * unless the hit is in what only the source holds, such as the address of a link.
 */
export function hitExcerpt(
  role: Message['role'],
  text: string,
  query: string,
): Pick<SearchHit, 'excerpt' | 'marks'> {
  const [first] = role === 'assistant' ? marksIn(text, query) : [];
  const found = first && excerptAround(withoutMarksAround(text, first), query);
  return found && found.marks.length > 0 ? found : excerptAround(text, query);
}

/** Pictures of the web that a person had shown: in the page's memory alone. */
import { browser } from 'wxt/browser';
import { hostPattern } from '../host-pattern';
import { sendMessage, type RemoteImage, type RemoteImageTrouble } from '../messages';

/** Characters of `data:` URLs that are kept; a picture that is in the document stays there anyway. */
const KEPT = 50_000_000;

/** By address, the one that came last at the end. */
const shown = new Map<string, RemoteImage>();

/** The picture if it was shown before: a message that enters the document again still has it. */
export function shownRemoteImage(url: string): RemoteImage | undefined {
  return shown.get(url);
}

/**
 * Loads the picture, after the browser's question for its host where it may not be reached yet. Must
 * be called within a click: the question needs one.
 */
export async function showRemoteImage(url: string): Promise<RemoteImage | RemoteImageTrouble> {
  const pattern = hostPattern(url);
  if (!pattern) return 'bad-image';
  const isAllowed = await browser.permissions.request({ origins: [pattern] });
  if (!isAllowed) return 'no-permission';
  const load = () => sendMessage('loadRemoteImage', { url });
  // Twice, as the worker may have been ended at this very moment.
  const answer = await load().catch(load);
  if ('trouble' in answer) return answer.trouble;
  keep(url, answer);
  return answer;
}

function keep(url: string, image: RemoteImage): void {
  shown.delete(url);
  shown.set(url, image);
  let length = 0;
  for (const [known, { url: data }] of [...shown].toReversed()) {
    length += data.length;
    if (length > KEPT) shown.delete(known);
  }
}

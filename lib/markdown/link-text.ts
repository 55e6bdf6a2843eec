/** How the text of a link stands to where it leads. */

/** What shows nothing, or turns the order of what is shown: a text with it can look like another. */
const DISGUISE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;
/** What a host or the name before it is made of: where it goes on, it is another host. */
const HOST_CHARACTER = /[\p{L}\p{N}\p{M}.:@_-]/u;

/** Characters of an address that are shown, at most; a longer host is still shown whole. */
const SHOWN = 48;
const TAIL = 14;

/** The place that the link leads to, in ASCII; undefined where its text begins with it, undisguised. */
export function placeToTell(address: URL, text: string): string | undefined {
  const place = address.host || address.pathname;
  const start = text.trimStart().replace(/^(?:https?:\/\/|mailto:)/iu, '');
  const isTold =
    start.toLowerCase().startsWith(place.toLowerCase()) &&
    !HOST_CHARACTER.test(start.slice(place.length, place.length + 1)) &&
    !DISGUISE.test(text);
  return isTold ? undefined : place;
}

/**
 * A host that breaks before its dots alone, so that no line of it looks like another host; one of up
 * to `whole` characters does not break.
 */
export function breakable(host: string, whole = 0): string {
  const glued = host.replaceAll('-', '-\u2060');
  return host.length > whole ? glued.replaceAll('.', '\u200b.') : glued;
}

/** A long bare address in three, the middle of which need not be seen; undefined for other texts. */
export function shortenAddress(text: string): [string, string, string] | undefined {
  const characters = Array.from(text);
  const start = /^(?:https?:\/\/|www\.)[^\s/?#]+[/?#]/iu.exec(text)?.[0];
  if (!start || characters.length <= SHOWN || /\s/u.test(text)) return undefined;
  const head = Math.max(SHOWN - TAIL, Array.from(start).length);
  const tail = Math.max(head, characters.length - TAIL);
  if (tail - head < 2) return undefined;
  const slice = (from: number, to?: number) => characters.slice(from, to).join('');
  return [slice(0, head), slice(head, tail), slice(tail)];
}

import type { ReactNode } from 'react';
import { breakable, placeToTell, shortenAddress } from '@/lib/markdown/link-text';
import { safeUrl } from '@/lib/markdown/safe-url';

/** Characters of a host that have room on a line of a narrow panel. */
const WHOLE_HOST = 40;

/** A link that shows where it goes, unless its text does; what may not be a link is its text alone. */
export function Link({
  url,
  text,
  children: content,
}: {
  url: string;
  text: string;
  children: ReactNode;
}) {
  const address = safeUrl(url);
  if (!address) return content;
  const short = shortenAddress(text);
  const host = placeToTell(address, text);
  const shown = short ? <Shortened pieces={short} /> : content;
  return (
    <a
      href={address.href}
      title={address.href}
      data-host={host && breakable(host, WHOLE_HOST)}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {host ? <span>{shown}</span> : shown}
    </a>
  );
}

/** The middle takes no room but is there: whoever copies, searches or listens gets all of it. */
function Shortened({ pieces: [head, middle, tail] }: { pieces: [string, string, string] }) {
  return (
    <>
      <span className="address-head">{head}</span>
      <span className="text-[0px]">{middle}</span>
      {tail}
    </>
  );
}

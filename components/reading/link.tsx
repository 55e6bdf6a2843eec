import type { ReactNode } from 'react';
import { placeToTell, shortenAddress } from '@/lib/markdown/link-text';
import { safeUrl } from '@/lib/markdown/safe-url';

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
  return (
    <a
      href={address.href}
      title={address.href}
      data-host={placeToTell(address, text)}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {short ? <Shortened pieces={short} /> : content}
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

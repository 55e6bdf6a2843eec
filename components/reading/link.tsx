import type { ReactNode } from 'react';
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
  const place = address.host || address.pathname;
  const isTold = text.includes(place);
  return (
    <a
      href={address.href}
      title={address.href}
      data-host={isTold ? undefined : place}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {content}
    </a>
  );
}

/** A picture that a text names: a chip that says where it is, and the picture once it is asked for. */
import { ExternalLink, Image as ImageIcon } from 'lucide-react';
import type { Link as LinkNode, PhrasingContent } from 'mdast';
import { useState } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { RemoteImage, RemoteImageTrouble } from '@/lib/messages';
import { hostPattern } from '@/lib/host-pattern';
import { shownRemoteImage, showRemoteImage } from '@/lib/panel/remote-images';
import { breakable } from '@/lib/markdown/link-text';
import { isPublicHost } from '@/lib/public-host';
import { ShownPicture } from './shown-picture';

const troubles: Record<RemoteImageTrouble | 'failed', MessageKey> = {
  'local-address': 'remoteImageLocal',
  redirect: 'remoteImageRedirect',
  'no-permission': 'remoteImageNotAllowed',
  offline: 'remoteImageOffline',
  'proxy-blocked': 'remoteImageProxy',
  timeout: 'remoteImageTimeout',
  'connection-lost': 'remoteImageBroken',
  'bad-image': 'remoteImageNone',
  'too-large': 'remoteImageTooLarge',
  failed: 'remoteImageFailed',
};

type State = RemoteImage | keyof typeof troubles | 'loading' | undefined;

/** What is no address of the web is its text alone. */
export function RemotePicture({ url, alt }: { url: string; alt: string }) {
  const address = hostPattern(url) ? URL.parse(url) : null;
  if (!address) return alt || t('remoteImage', { host: url });
  // Another address is another picture, which nobody has asked for yet.
  return <Picture key={address.href} address={address} alt={alt} isNamed />;
}

/** The pictures within a link, behind it: the link has their names, and a chip has links of its own. */
export function LinkedPictures({ link }: { link: LinkNode }) {
  return imagesIn(link.children).map(({ url, alt }, index) => {
    const address = hostPattern(url) ? URL.parse(url) : null;
    return (
      address && (
        <Picture key={`${index} ${address.href}`} address={address} alt={alt} isNamed={false} />
      )
    );
  });
}

/** The link with the names of its pictures in their place. */
export function withoutPictures(link: LinkNode): LinkNode {
  return { ...link, children: link.children.map(named) };
}

function named(node: PhrasingContent): PhrasingContent {
  if (node.type === 'image') {
    const host = URL.parse(node.url)?.host || node.url;
    return { type: 'text', value: node.alt || t('remoteImage', { host }) };
  }
  return 'children' in node ? { ...node, children: node.children.map(named) } : node;
}

function imagesIn(nodes: PhrasingContent[]): { url: string; alt: string }[] {
  return nodes.flatMap((node) =>
    node.type === 'image'
      ? [{ url: node.url, alt: node.alt ?? '' }]
      : 'children' in node
        ? imagesIn(node.children)
        : [],
  );
}

function Picture({
  address,
  alt,
  isNamed,
}: {
  address: URL;
  alt: string;
  /** Whether the text shows what the picture is called here, and nowhere else. */
  isNamed: boolean;
}) {
  const { href, host, hostname } = address;
  const [state, setState] = useState<State>(() =>
    isPublicHost(hostname) ? shownRemoteImage(href) : 'local-address',
  );
  const [isAsked, setAsked] = useState(false);
  const load = () => {
    if (state === 'loading') return;
    setState('loading');
    setAsked(true);
    showRemoteImage(href).then(setState, () => setState('failed'));
  };
  const name = alt || t('remoteImage', { host });
  const words = (
    <span className="min-w-0 py-0.5">
      {isNamed && alt}
      <span data-copy="none" className="text-ink-3 [overflow-wrap:anywhere]">
        {isNamed && alt && ' · '}
        {t('remoteImage', { host: breakable(host) })}
      </span>
    </span>
  );
  const link = (
    <a
      href={href}
      title={href}
      aria-label={t('openAddress', { address: href })}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="grid size-7 flex-none place-items-center rounded-lg text-ink-3 hover:bg-sunk hover:text-ink"
    >
      <ExternalLink size={14} aria-hidden />
    </a>
  );
  const copied = isNamed
    ? { 'data-copy-text': alt || href, 'data-copy-href': href }
    : { 'data-copy': 'none' };
  if (typeof state === 'object') {
    return (
      <span className="my-1.5 inline-block max-w-full align-top" {...copied}>
        <ShownPicture image={state} name={name} takesFocus={isAsked} />
        <span className="mt-0.5 flex items-center gap-1 text-xs text-ink-2">
          {words}
          {link}
        </span>
      </span>
    );
  }
  const trouble = state && state !== 'loading' ? troubles[state] : undefined;
  return (
    <span
      className="my-0.5 inline-block max-w-full rounded-[10px] border border-line bg-raised py-0.5 ps-2.5 pe-0.5 align-middle text-[13px] leading-[1.4]"
      {...copied}
    >
      <span className="flex items-center">
        <ImageIcon size={15} aria-hidden className="me-2 flex-none text-ink-3" />
        {words}
        <span className="ms-auto flex flex-none items-center ps-1">
          {link}
          {state !== 'local-address' && (
            <button
              type="button"
              aria-label={state ? undefined : t('showImageFrom', { host })}
              aria-disabled={state === 'loading'}
              className="min-h-7 rounded-lg px-2 font-[550] text-accent hover:bg-accent-soft aria-disabled:text-ink-3"
              onClick={load}
            >
              {t(state === 'loading' ? 'loading' : trouble ? 'tryAgain' : 'showImage')}
            </button>
          )}
        </span>
      </span>
      <span role="status" className="block text-xs text-warn">
        {trouble && <span className="block pe-2 pb-1">{t(trouble, { host })}</span>}
      </span>
    </span>
  );
}

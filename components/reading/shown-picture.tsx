import { useState } from 'react';
import { t } from '@/lib/i18n';
import type { RemoteImage } from '@/lib/messages';
import { Enlarge } from './enlarge';

/** The largest side of a shown picture, in pixels. */
const LARGEST = 560;

/** In the shape that it has, so that nothing moves while it is decoded; large on a click. */
export function ShownPicture({
  image: { url, width, height },
  name,
  takesFocus,
}: {
  image: RemoteImage;
  name: string;
  takesFocus: boolean;
}) {
  // In place of the button that has been pressed.
  const [takeFocus] = useState(() => (button: HTMLButtonElement | null) => {
    if (takesFocus && document.activeElement === document.body) {
      button?.focus({ preventScroll: true });
    }
  });
  return (
    <span
      className="relative block max-w-full overflow-hidden rounded-[14px] bg-sunk"
      style={{
        width: Math.min(width, LARGEST, (LARGEST * width) / height),
        aspectRatio: `${width} / ${height}`,
      }}
    >
      <img src={url} alt={name} className="size-full object-contain" />
      <Enlarge
        label={t('image')}
        src={url}
        alt={name}
        size={{ width, height }}
        trigger={
          <button
            ref={takeFocus}
            type="button"
            aria-label={t('enlarge')}
            className="absolute inset-0 cursor-zoom-in rounded-[14px] focus-visible:-outline-offset-2"
          />
        }
      />
    </span>
  );
}

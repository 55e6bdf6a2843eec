import { useEffect, useState } from 'react';
import type { ImageInfo } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { loadImage } from '@/lib/panel/connection';
import { useElapsed } from '@/lib/panel/elapsed';
import { ImageActions } from './image-actions';
import { Dialog } from './ui/dialog';

const frame = 'grid w-full max-w-[560px] place-items-center overflow-hidden rounded-[14px]';

/** The place of a picture that is being made: the shape it will have, and for how long it takes. */
export function ImagePlace({ provider, since }: { provider: string; since: number }) {
  const elapsed = useElapsed(since);
  return (
    <div className={`drawing aspect-square text-center text-[13px] text-ink-2 ${frame}`}>
      <p>{t('drawingWith', { provider, time: elapsed })}</p>
    </div>
  );
}

export function ImageView({ image, prompt }: { image: ImageInfo; prompt: string }) {
  const url = useChat((state) => state.images[image.id]);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (url === undefined) loadImage(image.id);
  }, [url, image.id]);
  const shape = { aspectRatio: `${image.width} / ${image.height}` };
  if (!url) {
    return (
      <div className={`bg-sunk text-[13px] text-ink-2 ${frame}`} style={shape}>
        {t(url === null ? 'imageGone' : 'imageLoading')}
      </div>
    );
  }
  return (
    <div className={`relative ${frame}`} style={shape}>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button over it is the keyboard's way */}
      <img
        src={url}
        alt={prompt}
        className="size-full object-contain"
        onClick={() => setOpen(true)}
      />
      <Dialog
        label={t('image')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            aria-label={t('enlarge')}
            className="absolute inset-0 cursor-zoom-in rounded-[14px] focus-visible:-outline-offset-2"
          />
        }
      >
        <img src={url} alt={prompt} className="max-h-full max-w-full object-contain" />
        <div className="absolute bottom-3 flex gap-1.5">
          <ImageActions url={url} image={image} prompt={prompt} />
        </div>
      </Dialog>
      <div className="absolute end-2 bottom-2 flex gap-1.5">
        <ImageActions url={url} image={image} prompt={prompt} />
      </div>
    </div>
  );
}

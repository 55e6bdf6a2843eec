import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import type { ImageInfo } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { loadImage } from '@/lib/panel/connection';
import { PictureStage, usePictureZoom, ZoomButtons } from './picture-stage';
import { IconButton } from './ui/button';
import { Dialog } from './ui/dialog';

/** A picture that can be shown, with a key that names it among the others. */
export interface Picture {
  key: string;
  image: ImageInfo;
  prompt: string;
}

/** One picture large, to be zoomed and moved; the others are a step to either side. */
export function PictureViewer({
  pictures,
  shown,
  small,
  onShow,
  onClosed,
  children,
}: {
  pictures: Picture[];
  /** Key of the picture; one that is not among them closes the dialog. */
  shown: string | undefined;
  /** A small form of it, until the large one is there. */
  small?: string | null | undefined;
  onShow: (key: string | undefined) => void;
  onClosed: () => void;
  /** What is known of it, and what one can do with it. */
  children: ReactNode;
}) {
  const index = pictures.findIndex(({ key }) => key === shown);
  const picture = pictures[index];
  const previous = pictures[index - 1]?.key;
  const next = pictures[index + 1]?.key;
  const zoom = usePictureZoom();
  const { reset } = zoom;
  const show = (key: string | undefined) => {
    reset();
    onShow(key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A question over this dialog has its own arrows, and Alt with an arrow is the browser's.
    const isOurs = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isOurs || event.altKey || event.ctrlKey || event.metaKey) return;
    if (zoom.takeKey(event)) event.preventDefault();
    else if (event.key === 'ArrowLeft' && previous !== undefined) show(previous);
    else if (event.key === 'ArrowRight' && next !== undefined) show(next);
  };
  return (
    <Dialog
      label={t('image')}
      isOpen={picture !== undefined}
      onOpenChange={() => show(undefined)}
      onKeyDown={onKeyDown}
      onClosed={onClosed}
    >
      {picture && (
        <div className="pointer-events-none absolute inset-3 mx-auto flex max-w-[760px] flex-col gap-3 *:pointer-events-auto">
          <ZoomButtons view={zoom} />
          <div className="relative grid min-h-0 flex-1 place-items-center">
            <FullImage key={picture.image.id} picture={picture} small={small} zoom={zoom} />
            {pictures.length > 1 && (
              <>
                <Step label={t('previousImage')} to={previous} onShow={show} />
                <Step label={t('nextImage')} to={next} onShow={show} isNext />
              </>
            )}
          </div>
          {children}
        </div>
      )}
    </Dialog>
  );
}

function Step({
  label,
  to,
  onShow,
  isNext = false,
}: {
  label: string;
  to: string | undefined;
  onShow: (key: string) => void;
  isNext?: boolean;
}) {
  return (
    <IconButton
      icon={isNext ? ChevronRight : ChevronLeft}
      size="large"
      label={label}
      disabled={to === undefined}
      className={`absolute inset-y-0 my-auto border border-line bg-ground text-ink-2 ${isNext ? 'end-1' : 'start-1'}`}
      onClick={() => to !== undefined && onShow(to)}
    />
  );
}

/** The small form, in the size of the large one, until that is there. */
function FullImage({
  picture: { image, prompt },
  small,
  zoom,
}: {
  picture: Picture;
  small: string | null | undefined;
  zoom: ReturnType<typeof usePictureZoom>;
}) {
  const url = useChat((state) => state.images[image.id]);
  useEffect(() => {
    if (url === undefined) loadImage(image.id);
  }, [url, image.id]);
  const shown = url === undefined ? small : url;
  if (!shown) {
    return <p className="text-ink-2">{t(url === null ? 'imageGone' : 'imageLoading')}</p>;
  }
  return <PictureStage src={shown} alt={prompt} size={image} view={zoom} />;
}

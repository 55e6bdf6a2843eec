import { ChevronLeft, ChevronRight, FileText, Trash2 } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { t } from '@/lib/i18n';
import type { GalleryImage } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { loadImage } from '@/lib/panel/connection';
import { formatDateTime } from '@/lib/panel/dates';
import { modelName } from '@/lib/panel/gallery-search';
import { deleteImages, imageKey, useGallery } from '@/lib/panel/gallery-store';
import { isWebAddress, sourceLine } from '@/lib/panel/source-line';
import { cellId } from './gallery-grid';
import { ImageActions, overlay } from './image-actions';
import { Button, IconButton } from './ui/button';
import { Confirm } from './ui/confirm';
import { Dialog } from './ui/dialog';

/** One picture large, with all that is known of it; the others are a step to either side. */
export function GalleryViewer({
  images,
  shown,
  onShow,
  onOpen,
}: {
  images: GalleryImage[];
  /** Key of the picture; one that is not among them closes the dialog. */
  shown: string | undefined;
  onShow: (key: string | undefined) => void;
  onOpen: (conversationId: string, messageId: string) => void;
}) {
  const index = images.findIndex((image) => imageKey(image) === shown);
  const image = images[index];
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (shown !== undefined) last.current = shown;
  }, [shown]);
  const keyAt = (place: number) => {
    const other = images[place];
    return other && imageKey(other);
  };
  const previous = keyAt(index - 1);
  const next = keyAt(index + 1);
  const step = (event: KeyboardEvent) => {
    // A question over this dialog has its own arrows, and Alt with an arrow is the browser's.
    const isOurs = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isOurs || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft' && previous !== undefined) onShow(previous);
    if (event.key === 'ArrowRight' && next !== undefined) onShow(next);
  };
  return (
    <Dialog
      label={t('image')}
      isOpen={image !== undefined}
      onOpenChange={() => onShow(undefined)}
      onKeyDown={step}
      onClosed={() => document.getElementById(cellId(last.current ?? ''))?.focus()}
    >
      {image && (
        <div className="pointer-events-none absolute inset-3 mx-auto flex max-w-[760px] flex-col gap-3 *:pointer-events-auto">
          <div className="relative grid min-h-0 flex-1 place-items-center">
            <FullImage key={image.image.id} image={image} />
            <Step label={t('previousImage')} to={previous} onShow={onShow} />
            <Step label={t('nextImage')} to={next} onShow={onShow} isNext />
          </div>
          <Facts
            image={image}
            place={t('versionOf', { index: index + 1, count: images.length })}
            onOpen={onOpen}
            onDeleted={() => onShow(next ?? previous)}
          />
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
      className={`absolute inset-y-0 my-auto ${isNext ? 'end-0' : 'start-0'} ${overlay}`}
      onClick={() => to !== undefined && onShow(to)}
    />
  );
}

/** The small form, in the size of the large one, until that is there. */
function FullImage({ image: { image, prompt } }: { image: GalleryImage }) {
  const url = useChat((state) => state.images[image.id]);
  const thumbnail = useGallery((state) => state.thumbnails[image.id]);
  useEffect(() => {
    if (url === undefined) loadImage(image.id);
  }, [url, image.id]);
  const shown = url === undefined ? thumbnail : url;
  if (!shown) {
    return <p className="text-white">{t(url === null ? 'imageGone' : 'imageLoading')}</p>;
  }
  return (
    <img
      src={shown}
      alt={prompt}
      className="absolute inset-0 m-auto size-full object-contain"
      style={{ maxWidth: image.width, maxHeight: image.height }}
    />
  );
}

function Facts({
  image: picture,
  place,
  onOpen,
  onDeleted,
}: {
  image: GalleryImage;
  place: string;
  onOpen: (conversationId: string, messageId: string) => void;
  onDeleted: () => void;
}) {
  const { conversationId, messageId, image, prompt, model, createdAt, source } = picture;
  const providers = useChat((state) => state.providers);
  const url = useChat((state) => state.images[image.id]);
  const facts = [model && modelName(model, providers), formatDateTime(createdAt)];
  return (
    <div className="grid flex-none grid-cols-1 gap-1.5 rounded-2xl bg-ground p-3 text-ink">
      <p dir="auto" tabIndex={0} className="max-h-[4.65em] overflow-y-auto whitespace-pre-wrap">
        {prompt}
      </p>
      {source && (
        <p className="flex items-start gap-1.5 text-xs text-ink-3">
          <FileText size={13} aria-hidden className="mt-[3px] flex-none" />
          {isWebAddress(source.url) ? (
            <a
              href={source.url}
              target="_blank"
              rel="noopener noreferrer"
              className="line-clamp-2 min-w-0 text-accent underline underline-offset-2"
            >
              {sourceLine(source)}
            </a>
          ) : (
            <span className="line-clamp-2 min-w-0">{sourceLine(source)}</span>
          )}
        </p>
      )}
      <p className="flex gap-2 text-xs text-ink-3">
        <span className="me-auto min-w-0">{facts.filter(Boolean).join(' · ')}</span>
        <span className="flex-none">{place}</span>
      </p>
      <div className="mt-1 flex items-center gap-0.5 text-ink-2">
        <Button className="me-auto text-ink" onClick={() => onOpen(conversationId, messageId)}>
          {t('openConversation')}
        </Button>
        {url && <ImageActions url={url} image={image} prompt={prompt} className="" />}
        <Confirm
          title={t('deletePictures', { count: 1, number: 1 })}
          text={t('deletePicturesText')}
          action={t('delete')}
          trigger={<IconButton icon={Trash2} label={t('delete')} />}
          onConfirm={async () => {
            await deleteImages([picture]);
            onDeleted();
          }}
        />
      </div>
    </div>
  );
}

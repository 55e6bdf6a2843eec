import { FileText, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '@/lib/i18n';
import type { GalleryImage } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { formatDateTime } from '@/lib/panel/dates';
import { modelName } from '@/lib/panel/gallery-search';
import { deleteImages, imageKey, useGallery } from '@/lib/panel/gallery-store';
import { isWebAddress, sourceLine } from '@/lib/panel/source-line';
import { cellId } from './gallery-grid';
import { ImageActions, UsePrompt } from './image-actions';
import { PictureViewer } from './picture-viewer';
import { Button, IconButton } from './ui/button';
import { Confirm } from './ui/confirm';

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
  const small = useGallery((state) => image && state.thumbnails[image.image.id]);
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (shown !== undefined) last.current = shown;
  }, [shown]);
  const beside = images[index + 1] ?? images[index - 1];
  return (
    <PictureViewer
      pictures={images.map((one) => ({ key: imageKey(one), image: one.image, prompt: one.prompt }))}
      shown={shown}
      small={small}
      onShow={onShow}
      onClosed={() => document.getElementById(cellId(last.current ?? ''))?.focus()}
    >
      {image && (
        <Facts
          image={image}
          place={t('versionOf', { index: index + 1, count: images.length })}
          onOpen={onOpen}
          onUsed={() => onShow(undefined)}
          onDeleted={() => onShow(beside && imageKey(beside))}
        />
      )}
    </PictureViewer>
  );
}

function Facts({
  image: picture,
  place,
  onOpen,
  onUsed,
  onDeleted,
}: {
  image: GalleryImage;
  place: string;
  onUsed: () => void;
  onOpen: (conversationId: string, messageId: string) => void;
  onDeleted: () => void;
}) {
  const { conversationId, messageId, image, prompt, model, createdAt, source } = picture;
  const providers = useChat((state) => state.providers);
  const url = useChat((state) => state.images[image.id]);
  const facts = [model && modelName(model, providers), formatDateTime(createdAt)];
  return (
    <div className="grid flex-none grid-cols-1 gap-1.5 rounded-2xl border border-line p-3">
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
        <UsePrompt prompt={prompt} model={model} className="" onUsed={onUsed} />
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

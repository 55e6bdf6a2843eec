import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { ImageInfo } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { selectAttached, selectModelInUse, useChat } from '@/lib/panel/chat-store';
import { loadImage } from '@/lib/panel/connection';
import { detachImage } from '@/lib/panel/image-prompts';
import { IconButton } from './ui/button';

/** A small picture that goes along with words; its place has its shape from the start. */
export function SmallImage({
  image,
  prompt,
  height,
}: {
  image: ImageInfo;
  prompt: string;
  /** Pixels. */
  height: number;
}) {
  const url = useChat((state) => state.images[image.id]);
  useEffect(() => {
    if (url === undefined) loadImage(image.id);
  }, [url, image.id]);
  const shape = { height, aspectRatio: `${image.width} / ${image.height}` };
  return (
    <span style={shape} className="block max-w-full flex-none overflow-hidden rounded-lg bg-sunk">
      {url && <img src={url} alt={prompt} className="size-full object-cover" />}
    </span>
  );
}

/** The picture that goes along with the draft, above the prompt box. */
export function AttachedImage() {
  const attached = useChat(selectAttached);
  const model = useChat(selectModelInUse);
  if (!attached) return null;
  const name = model?.id ?? '';
  const isAble = model?.seesImages === true;
  const isDrawing = model?.output === 'image';
  return (
    <div className="mb-1 flex items-center gap-2 ps-1.5 text-[13px]">
      <SmallImage {...attached} height={36} />
      <span className={`min-w-0 flex-1 ${isAble ? 'text-ink-2' : 'text-warn'}`}>
        {isDrawing
          ? t(isAble ? 'attachedImage' : 'attachedUnable', { model: name })
          : t(isAble ? 'attachedSeen' : 'attachedUnseen', { model: name })}
      </span>
      <IconButton icon={X} label={t('detachImage')} onClick={detachImage} />
    </div>
  );
}

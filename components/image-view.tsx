import { useEffect, useMemo, useRef, useState } from 'react';
import type { ImageInfo, Message, ModelRef } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { shapeOf } from '@/lib/image-options';
import { selectBranch, selectProgress, useChat } from '@/lib/panel/chat-store';
import { loadImage } from '@/lib/panel/connection';
import { formatPercent } from '@/lib/panel/counts';
import { useElapsed } from '@/lib/panel/elapsed';
import { ChangeImage, ImageActions, UsePrompt, Variations } from './image-actions';
import { PictureViewer, type Picture } from './picture-viewer';

const frame = 'grid w-full max-w-[560px] place-items-center overflow-hidden rounded-[14px]';

/**
 * The place of a picture that is being made: the shape it will have, how far it is or when its turn
 * comes where that is known, and for how long it takes.
 */
export function ImagePlace({
  provider,
  since,
  messageId,
  size,
}: {
  provider: string;
  since: number;
  messageId: string;
  size: string | undefined;
}) {
  const elapsed = useElapsed(since);
  const { fraction, before = 0 } = useChat((chat) => selectProgress(chat, messageId)) ?? {};
  const { width, height } = shapeOf(size) ?? { width: 1, height: 1 };
  const words = { provider, time: elapsed };
  return (
    <div
      className={`drawing relative p-2 text-center text-[13px] text-ink-2 ${frame}`}
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      {fraction === undefined ? (
        <p>
          {before > 0 ? t('drawingLater', { ...words, count: before }) : t('drawingWith', words)}
        </p>
      ) : (
        <>
          <p>{t('drawingProgress', { ...words, percent: formatPercent(fraction) })}</p>
          <span
            aria-hidden
            className="absolute bottom-0 h-[3px] bg-accent transition-[width] duration-700 motion-reduce:transition-none"
            style={{ width: `${fraction * 100}%`, insetInlineStart: 0 }}
          />
        </>
      )}
    </div>
  );
}

/** A picture in a message; its place has its shape from the start, so that nothing moves. */
export function ImageView({
  image,
  prompt,
  messageId,
  model,
}: {
  image: ImageInfo;
  prompt: string;
  messageId: string;
  /** Who made it. */
  model?: ModelRef | undefined;
}) {
  const url = useChat((state) => state.images[image.id]);
  const [shown, setShown] = useState<string>();
  const opener = useRef<HTMLButtonElement>(null);
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
  const open = () => setShown(pictureKey(messageId, image));
  return (
    <div className={`relative ${frame}`} style={shape}>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button over it is the keyboard's way */}
      <img src={url} alt={prompt} className="size-full object-contain" onClick={open} />
      <button
        ref={opener}
        type="button"
        aria-label={t('enlarge')}
        className="absolute inset-0 cursor-zoom-in rounded-[14px] focus-visible:-outline-offset-2"
        onClick={open}
      />
      <div className="absolute end-2 bottom-2 flex gap-1.5">
        <ChangeImage image={image} prompt={prompt} model={model} />
        <ImageActions url={url} image={image} prompt={prompt} />
      </div>
      <ConversationViewer
        shown={shown}
        onShow={setShown}
        onClosed={() => opener.current?.focus({ preventScroll: true })}
      />
    </div>
  );
}

/** The viewer over all pictures of the conversation that is shown. */
function ConversationViewer({
  shown,
  onShow,
  onClosed,
}: {
  shown: string | undefined;
  onShow: (key: string | undefined) => void;
  onClosed: () => void;
}) {
  const messages = useChat(selectBranch);
  const pictures = useMemo(() => picturesOf(messages), [messages]);
  const picture = pictures.find(({ key }) => key === shown);
  const url = useChat((state) => picture && state.images[picture.image.id]);
  const toUse = picture && {
    image: picture.image,
    prompt: picture.prompt,
    model: picture.model,
  };
  return (
    <PictureViewer pictures={pictures} shown={shown} onShow={onShow} onClosed={onClosed}>
      {picture && toUse && (
        <div className="grid flex-none gap-1.5 rounded-2xl border border-line p-3">
          <p dir="auto" tabIndex={0} className="max-h-[4.65em] overflow-y-auto whitespace-pre-wrap">
            {picture.prompt}
          </p>
          <div className="flex items-center gap-0.5 text-ink-2">
            <span className="me-auto text-xs text-ink-3">
              {t('versionOf', { index: pictures.indexOf(picture) + 1, count: pictures.length })}
            </span>
            <UsePrompt
              prompt={picture.prompt}
              model={picture.model}
              className=""
              onUsed={() => onShow(undefined)}
            />
            <Variations {...toUse} className="" onUsed={() => onShow(undefined)} />
            <ChangeImage {...toUse} className="" onUsed={() => onShow(undefined)} />
            {url && (
              <ImageActions url={url} image={picture.image} prompt={picture.prompt} className="" />
            )}
          </div>
        </div>
      )}
    </PictureViewer>
  );
}

function pictureKey(messageId: string, image: ImageInfo): string {
  return `${messageId}-${image.id}`;
}

interface ShownPicture extends Picture {
  model: ModelRef | undefined;
}

function picturesOf(messages: Message[]): ShownPicture[] {
  return messages.flatMap(({ id, role, parts, model, deletedAt }) =>
    parts.flatMap((part) =>
      part.type === 'image' && part.image && role === 'assistant' && deletedAt === undefined
        ? [{ key: pictureKey(id, part.image), image: part.image, prompt: part.prompt, model }]
        : [],
    ),
  );
}

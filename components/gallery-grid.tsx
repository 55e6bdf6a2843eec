import { Check, ImageOff } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { t } from '@/lib/i18n';
import type { GalleryImage } from '@/lib/messages';
import { imageKey, leaveThumbnail, loadThumbnail, useGallery } from '@/lib/panel/gallery-store';

/** How far outside the view a picture is already wanted, in pixels. */
const NEAR = 400;

/** A prompt may be a book; a name is not. */
const NAME_LENGTH = 200;

/** Pictures in equal squares; `selection`, where there is one, makes them checkboxes. */
export function GalleryGrid({
  images,
  selection,
  onPick,
}: {
  images: GalleryImage[];
  selection: ReadonlySet<string> | undefined;
  onPick: (key: string) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => watchCells(list.current, images), [images]);
  return (
    <ul
      ref={list}
      className="grid min-h-0 flex-1 auto-rows-min grid-cols-2 gap-1.5 overflow-y-auto px-2 pt-1 pb-3 min-[360px]:px-3 min-[400px]:grid-cols-3 min-[600px]:grid-cols-[repeat(auto-fill,minmax(132px,1fr))]"
    >
      {images.map((image) => (
        <Cell
          key={imageKey(image)}
          image={image}
          isSelected={selection?.has(imageKey(image))}
          onPick={onPick}
        />
      ))}
    </ul>
  );
}

/** The id of a picture's cell in the document. */
export function cellId(key: string): string {
  return `picture-${key}`;
}

const Cell = memo(function Cell({
  image,
  isSelected,
  onPick,
}: {
  image: GalleryImage;
  isSelected: boolean | undefined;
  onPick: (key: string) => void;
}) {
  const url = useGallery((state) => state.thumbnails[image.image.id]);
  const key = imageKey(image);
  const choice = isSelected === undefined ? {} : { role: 'checkbox', 'aria-checked': isSelected };
  return (
    <li className="aspect-square [content-visibility:auto]">
      <button
        type="button"
        id={cellId(key)}
        data-image-id={image.image.id}
        aria-label={image.prompt.trim().slice(0, NAME_LENGTH) || t('image')}
        {...choice}
        className="relative grid size-full place-items-center overflow-hidden rounded-[10px] bg-sunk text-ink-3 focus-visible:-outline-offset-2"
        onClick={() => onPick(key)}
      >
        {url && <img src={url} alt="" draggable={false} className="size-full object-cover" />}
        {url === null && <ImageOff size={20} strokeWidth={1.75} aria-hidden />}
        {isSelected !== undefined && <CheckMark isSelected={isSelected} />}
      </button>
    </li>
  );
});

function CheckMark({ isSelected }: { isSelected: boolean }) {
  return (
    <>
      {isSelected && (
        <span className="absolute inset-0 rounded-[10px] border-[3px] border-accent bg-accent/20" />
      )}
      <span
        className={`absolute end-2 top-2 grid size-6 place-items-center rounded-full border-2 ${
          isSelected
            ? 'border-accent bg-accent text-accent-ink'
            : 'border-white bg-black/35 text-transparent'
        }`}
      >
        <Check size={14} strokeWidth={3} aria-hidden />
      </span>
    </>
  );
}

/** Has the small forms of the pictures in or near the view loaded. */
function watchCells(list: HTMLElement | null, images: GalleryImage[]): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const id = target.getAttribute('data-image-id') ?? '';
        if (isIntersecting) loadThumbnail(id);
        else leaveThumbnail(id);
      }
    },
    { root: list, rootMargin: `${NEAR}px 0px` },
  );
  for (const image of images) {
    const cell = document.getElementById(cellId(imageKey(image)));
    if (cell) observer.observe(cell);
  }
  return () => observer.disconnect();
}

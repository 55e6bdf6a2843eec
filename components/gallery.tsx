import { SquareCheckBig } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { t } from '@/lib/i18n';
import type { GalleryImage } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { searchImages } from '@/lib/panel/gallery-search';
import { followGallery, imageKey, loadGallery, useGallery } from '@/lib/panel/gallery-store';
import { GalleryGrid } from './gallery-grid';
import { GallerySelection } from './gallery-selection';
import { GalleryViewer } from './gallery-viewer';
import { Button, IconButton } from './ui/button';
import { SearchInput } from './ui/search-input';

const none: GalleryImage[] = [];

/** All pictures of all conversations, the newest first. */
export function Gallery({
  onOpen,
  onExport,
}: {
  onOpen: (conversationId: string, messageId: string) => void;
  onExport: (images: { imageId: string; prompt: string }[]) => void;
}) {
  const images = useGallery((state) => state.images);
  const providers = useChat((state) => state.providers);
  const [query, setQuery] = useState('');
  const words = useDeferredValue(query);
  const found = useMemo(
    () => searchImages(images ?? none, words, providers),
    [images, words, providers],
  );
  const [shown, setShown] = useState<string>();
  /** Keys of the pictures that are chosen; undefined while none can be. */
  const [selection, setSelection] = useState<ReadonlySet<string>>();
  useEffect(followGallery, []);
  const isSelecting = selection !== undefined;
  const pick = useCallback(
    (key: string) => {
      if (!isSelecting) return setShown(key);
      setSelection((chosen) => new Set(chosen).symmetricDifference(new Set([key])));
    },
    [isSelecting],
  );
  const hasImages = images !== null && images.length > 0;
  return (
    <section aria-label={t('gallery')} className="flex min-h-0 flex-1 flex-col">
      {hasImages && (
        <div className="flex flex-none items-center gap-1 px-2 py-2 min-[360px]:px-3">
          <SearchInput
            label={t('searchPictures')}
            value={query}
            onChange={setQuery}
            className="flex-1"
          />
          <IconButton
            icon={SquareCheckBig}
            size="large"
            label={t('select')}
            aria-pressed={isSelecting}
            className="text-ink-2 aria-pressed:bg-accent-soft aria-pressed:text-accent"
            onClick={() => setSelection(isSelecting ? undefined : new Set())}
          />
        </div>
      )}
      {selection && hasImages && (
        <GallerySelection
          images={images.filter((image) => selection.has(imageKey(image)))}
          onSelectAll={() => setSelection(new Set(found.map(imageKey)))}
          onExport={onExport}
          onDeleted={() => setSelection(undefined)}
        />
      )}
      <Words hasHits={found.length > 0} />
      {found.length > 0 && <GalleryGrid images={found} selection={selection} onPick={pick} />}
      <GalleryViewer images={found} shown={shown} onShow={setShown} onOpen={onOpen} />
    </section>
  );
}

/** What stands there when no picture does. */
function Words({ hasHits }: { hasHits: boolean }) {
  const count = useGallery((state) => state.images?.length);
  const isFailed = useGallery((state) => state.isFailed);
  if (isFailed) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 px-4 py-4">
        <p className="flex-1 text-danger">{t('galleryFailed')}</p>
        <Button onClick={() => void loadGallery()}>{t('tryAgain')}</Button>
      </div>
    );
  }
  if (count === undefined || hasHits) return null;
  return (
    <p className="px-4 py-4 text-ink-2">{t(count === 0 ? 'galleryEmpty' : 'galleryNoHits')}</p>
  );
}

import { currentLanguage, t } from '@/lib/i18n';
import type { GalleryImage } from '@/lib/messages';
import { deleteImages } from '@/lib/panel/gallery-store';
import { Button } from './ui/button';
import { Confirm } from './ui/confirm';

/** What can be done with the pictures that are chosen. It stands before them for the keyboard, and at the foot for the eye. */
export function GallerySelection({
  images,
  onSelectAll,
  onExport,
  onDeleted,
}: {
  images: GalleryImage[];
  onSelectAll: () => void;
  onExport: (images: { imageId: string; prompt: string }[]) => void;
  onDeleted: () => void;
}) {
  const isNone = images.length === 0;
  const counted = {
    count: images.length,
    number: images.length.toLocaleString(currentLanguage()),
  };
  return (
    <div className="order-last flex flex-none flex-wrap items-center justify-between gap-x-1 gap-y-2 border-t border-line px-3 py-2">
      <div className="flex items-center gap-1">
        <span role="status" className="text-[13px] text-ink-2">
          {t('picturesSelected', counted)}
        </span>
        <Button look="quiet" onClick={onSelectAll}>
          {t('selectAll')}
        </Button>
      </div>
      <div className="ms-auto flex items-center gap-2">
        <Confirm
          title={t('deletePictures', counted)}
          text={t('deletePicturesText')}
          action={t('delete')}
          trigger={<Button disabled={isNone}>{t('delete')}</Button>}
          onConfirm={async () => {
            await deleteImages(images);
            onDeleted();
          }}
        />
        <Button
          look="primary"
          disabled={isNone}
          onClick={() =>
            onExport(images.map(({ image, prompt }) => ({ imageId: image.id, prompt })))
          }
        >
          {t('saveAsZip')}
        </Button>
      </div>
    </div>
  );
}

import { Copy, Download, TextCursorInput } from 'lucide-react';
import type { ImageInfo, ModelRef } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { imageFileName } from '@/lib/image-file-name';
import { takePrompt } from '@/lib/panel/actions';
import { copyImage } from '@/lib/panel/image-file';
import { CopyAction } from './copy-button';
import { IconButton } from './ui/button';

/** For buttons that lie on a picture. */
export const overlay = 'bg-black/55 text-white hover:bg-black/75 hover:text-white';

/** Copy and save; `url` is the picture's `data:` URL. */
export function ImageActions({
  url,
  image,
  prompt,
  className = overlay,
}: {
  url: string;
  image: ImageInfo;
  prompt: string;
  className?: string;
}) {
  const save = () => {
    const link = document.createElement('a');
    link.href = url;
    link.download = imageFileName(prompt, image.mediaType);
    link.click();
  };
  return (
    <>
      <CopyAction
        label={t('copyImage')}
        icon={Copy}
        copy={() => copyImage(url)}
        className={className}
      />
      <IconButton icon={Download} label={t('saveImage')} className={className} onClick={save} />
    </>
  );
}

/** Puts the picture's prompt into the prompt box, to be changed and sent again. */
export function UsePrompt({
  prompt,
  model,
  className = overlay,
  onUsed,
}: {
  prompt: string;
  model?: ModelRef | undefined;
  className?: string;
  onUsed?: () => void;
}) {
  return (
    <IconButton
      icon={TextCursorInput}
      label={t('useAsPrompt')}
      className={className}
      onClick={() => {
        takePrompt(prompt, model);
        onUsed?.();
      }}
    />
  );
}

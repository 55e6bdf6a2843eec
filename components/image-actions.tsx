import { Copy, Download, Images, TextCursorInput, WandSparkles } from 'lucide-react';
import { useMemo } from 'react';
import type { ImageInfo, ModelRef } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { imageFileName } from '@/lib/image-file-name';
import { takePrompt } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { copyImage } from '@/lib/panel/image-file';
import { attachImage, canChange, makeVariations, modelToChange } from '@/lib/panel/image-prompts';
import { focusPromptBox } from '@/lib/panel/prompt-box';
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

interface PictureToUse {
  image: ImageInfo;
  prompt: string;
  /** Who made it. */
  model: ModelRef | undefined;
  className?: string;
  onUsed?: () => void;
}

/** Puts the picture beside the draft, to be changed; where a model in use can. */
export function ChangeImage({ image, prompt, model, className = overlay, onUsed }: PictureToUse) {
  const providers = useChat((state) => state.providers);
  const chosen = useChat(({ conversation }) => conversation?.model);
  const able = useMemo(() => modelToChange(providers, [chosen, model]), [providers, chosen, model]);
  if (!able) return null;
  return (
    <IconButton
      icon={WandSparkles}
      label={t('changeImage')}
      className={className}
      onClick={() => {
        void attachImage({ image, prompt }, model);
        onUsed?.();
        focusPromptBox();
      }}
    />
  );
}

/** Sends the picture back to the model that made it, with the same words; where that can. */
export function Variations({ image, prompt, model, className = overlay, onUsed }: PictureToUse) {
  const providers = useChat((state) => state.providers);
  const isPossible = useMemo(() => canChange(providers, model), [providers, model]);
  if (!isPossible || !model) return null;
  return (
    <IconButton
      icon={Images}
      label={t('makeVariations')}
      className={className}
      onClick={() => {
        void makeVariations({ image, prompt }, model);
        onUsed?.();
      }}
    />
  );
}

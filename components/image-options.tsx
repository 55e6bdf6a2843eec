import { modelKey } from '@/lib/model-ref';
import { Check, SlidersHorizontal } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { fittingOptions, type ImageOptions } from '@/lib/image-options';
import { t, type MessageKey } from '@/lib/i18n';
import { selectModelInUse, useChat } from '@/lib/panel/chat-store';
import { chooseImageOptions } from '@/lib/panel/image-options';

/** What stands for the model's own choice. */
const AUTOMATIC = '';

/** Size, quality and number of pictures, as far as the model that answers next lets one choose. */
export function ImageOptionsMenu() {
  const ref = useChat(({ conversation }) => conversation?.model);
  const model = useChat(selectModelInUse);
  const saved = useChat((state) => ref && state.imageOptions[modelKey(ref)]);
  if (!ref || model?.output !== 'image') return null;
  const { sizes = [], qualities = [], mostImages = 1 } = model;
  if (sizes.length + qualities.length === 0 && mostImages < 2) return null;
  const chosen = fittingOptions(model, saved);
  const choose = (change: { [Name in keyof ImageOptions]: ImageOptions[Name] | undefined }) => {
    const { size, quality, count } = { ...chosen, ...change };
    void chooseImageOptions(ref, {
      ...(size && { size }),
      ...(quality && { quality }),
      ...(count && { count }),
    });
  };
  const summary = [
    chosen.size && sizeText(chosen.size),
    chosen.quality && qualityText(chosen.quality),
    chosen.count > 1 && `×${chosen.count}`,
  ].filter(Boolean);
  const counts = Array.from({ length: mostImages }, (_, index) => String(index + 1));
  return (
    <Radix.Root>
      <Radix.Trigger
        aria-label={[t('imageOptions'), ...summary].join(', ')}
        title={t('imageOptions')}
        className="flex min-h-7 min-w-0 flex-none items-center gap-1 rounded-lg px-1.5 text-[12.5px] whitespace-nowrap text-ink-2 hover:bg-raised hover:text-ink"
      >
        <SlidersHorizontal size={15} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span className="max-w-32 truncate max-[380px]:hidden">{summary.join(' · ')}</span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-dropdown-menu-content-available-height) min-w-40 overflow-y-auto rounded-xl border border-line bg-ground p-1 text-ink shadow-raised"
        >
          {sizes.length > 0 && (
            <Choice
              label={t('imageSize')}
              value={chosen.size ?? AUTOMATIC}
              items={[AUTOMATIC, ...sizes]}
              textOf={(size) => sizeText(size) || t('automatic')}
              onChoose={(size) => choose({ size })}
            />
          )}
          {qualities.length > 0 && (
            <Choice
              label={t('imageQuality')}
              value={chosen.quality ?? AUTOMATIC}
              items={[AUTOMATIC, ...qualities.filter((quality) => quality !== 'auto')]}
              textOf={(quality) => qualityText(quality) || t('automatic')}
              onChoose={(quality) => choose({ quality })}
            />
          )}
          {mostImages > 1 && (
            <Choice
              label={t('imageCount')}
              value={String(chosen.count)}
              items={counts}
              textOf={(count) => count}
              onChoose={(count) => choose({ count: Number(count) })}
            />
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** One thing to choose; the menu stays open, since there may be more. */
function Choice({
  label,
  value,
  items,
  textOf,
  onChoose,
}: {
  label: string;
  value: string;
  items: string[];
  textOf: (item: string) => string;
  onChoose: (item: string) => void;
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChoose} aria-label={label}>
      <Radix.Label className="px-2 pt-1.5 pb-0.5 text-xs text-ink-3">{label}</Radix.Label>
      {items.map((item) => (
        <Radix.RadioItem
          key={item}
          value={item}
          onSelect={(event) => event.preventDefault()}
          className="flex min-h-7 cursor-pointer items-center gap-2 rounded-lg ps-2 pe-3 text-[13px] outline-none data-highlighted:bg-raised"
        >
          <span className="w-4 flex-none">
            <Radix.ItemIndicator>
              <Check size={14} aria-hidden />
            </Radix.ItemIndicator>
          </span>
          {textOf(item)}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

const qualities: Partial<Record<string, MessageKey>> = {
  low: 'qualityLow',
  medium: 'qualityMedium',
  high: 'qualityHigh',
  standard: 'qualityStandard',
  hd: 'qualityHd',
};

/** One that nobody knows stays as the service writes it. */
function qualityText(quality: string): string {
  const key = qualities[quality];
  return key ? t(key) : quality;
}

function sizeText(size: string): string {
  return size.replace('x', ' × ');
}

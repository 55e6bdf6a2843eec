import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';

/** A list to choose one of; `options` are values with what the person reads. */
export function Select({
  label,
  value,
  options,
  onChange,
  open,
  onOpenChange,
  className = '',
}: {
  label: string;
  value: string;
  options: { value: string; text: string }[];
  onChange: (value: string) => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
}) {
  return (
    <Radix.Root
      value={value}
      onValueChange={onChange}
      {...(open !== undefined && { open })}
      {...(onOpenChange && { onOpenChange })}
    >
      <Radix.Trigger
        aria-label={label}
        title={label}
        className={`flex min-h-7 min-w-0 items-center gap-1 rounded-lg px-2 text-[12.5px] text-ink-2 hover:bg-raised hover:text-ink ${className}`}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <ChevronDown size={14} aria-hidden className="flex-none" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-select-content-available-height) max-w-[calc(100vw-16px)] overflow-hidden rounded-xl border border-line bg-ground p-1 text-ink shadow-raised"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex min-h-8 items-center gap-2 rounded-lg py-1 pe-3 ps-2 text-[13px] outline-none data-highlighted:bg-raised"
              >
                <span className="w-4 flex-none">
                  <Radix.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.text}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** Things to do, opened by a button; `items` are values with what the person reads. */
export function Menu<Value extends string>({
  trigger,
  items,
  onSelect,
}: {
  trigger: ReactNode;
  items: { value: Value; text: string }[];
  onSelect: (value: Value) => void;
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-dropdown-menu-content-available-height) max-w-[calc(100vw-16px)] overflow-y-auto rounded-xl border border-line bg-ground p-1 text-ink shadow-raised"
        >
          {items.map(({ value, text }) => (
            <Radix.Item
              key={value}
              className="flex min-h-8 cursor-pointer items-center rounded-lg px-3 py-1 text-[13px] outline-none data-highlighted:bg-raised"
              onSelect={() => onSelect(value)}
            >
              {text}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

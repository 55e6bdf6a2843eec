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
    <OpenMenu trigger={trigger}>
      {items.map(({ value, text }) => (
        <MenuItem key={value} text={text} onSelect={() => onSelect(value)} />
      ))}
    </OpenMenu>
  );
}

/** A menu whose items are made when it opens. */
export function OpenMenu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
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
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  text,
  isDisabled = false,
  onSelect,
}: {
  text: string;
  isDisabled?: boolean;
  onSelect?: () => void;
}) {
  return (
    <Radix.Item
      className="flex min-h-8 cursor-pointer items-center rounded-lg px-3 py-1 text-[13px] outline-none data-disabled:text-ink-3 data-highlighted:bg-raised"
      disabled={isDisabled}
      onSelect={() => onSelect?.()}
    >
      {text}
    </Radix.Item>
  );
}

import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

const box = 'min-h-8 border px-3 py-1 font-[550]';

const looks = {
  primary: `${box} border-accent bg-accent text-accent-ink hover:brightness-110`,
  outline: `${box} border-line bg-ground text-ink hover:bg-raised`,
  danger: `${box} border-danger bg-danger text-ground hover:brightness-110`,
  quiet: `${box} border-transparent text-ink-2 hover:bg-raised hover:text-ink`,
  /** Where there are several beside what matters more: they stand like words of a line. */
  word: '-ms-1 min-h-7 px-1 text-ink-2 underline-offset-2 hover:text-ink hover:underline',
};

export function Button({
  look = 'outline',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      className={`rounded-[9px] text-[13px] disabled:opacity-50 aria-disabled:opacity-50 ${looks[look]} ${className}`}
      {...props}
    />
  );
}

const sizes = {
  small: { box: 'size-7', icon: 15 },
  large: { box: 'size-8', icon: 18 },
};

/** A button that shows an icon alone: its name is its label and its tooltip. */
export function IconButton({
  icon: Icon,
  label,
  size = 'small',
  className = '',
  ...props
}: Omit<ComponentProps<'button'>, 'children'> & {
  icon: LucideIcon;
  label: string;
  size?: keyof typeof sizes;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid flex-none place-items-center rounded-lg hover:bg-raised hover:text-ink disabled:pointer-events-none disabled:opacity-40 ${sizes[size].box} ${className}`}
      {...props}
    >
      <Icon size={sizes[size].icon} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

const looks = {
  primary: 'border-accent bg-accent text-accent-ink hover:brightness-110',
  outline: 'border-line bg-ground text-ink hover:bg-raised',
  danger: 'border-danger bg-danger text-ground hover:brightness-110',
  quiet: 'border-transparent text-ink-2 hover:bg-raised hover:text-ink',
};

export function Button({
  look = 'outline',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: keyof typeof looks }) {
  return (
    <button
      type="button"
      className={`min-h-8 rounded-[9px] border px-3 py-1 text-[13px] font-[550] disabled:opacity-50 ${looks[look]} ${className}`}
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

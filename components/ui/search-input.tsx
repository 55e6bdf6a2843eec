import { Search, X } from 'lucide-react';
import { useRef, type ComponentProps, type RefObject } from 'react';
import { t } from '@/lib/i18n';
import { IconButton } from './button';

/** A field to search with: its own cross in place of the browser's, and between them what comes along. */
export function SearchInput({
  ref,
  label,
  value,
  onChange,
  className = '',
  children,
  ...props
}: Omit<ComponentProps<'input'>, 'onChange'> & {
  ref?: RefObject<HTMLInputElement | null>;
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const own = useRef<HTMLInputElement>(null);
  const field = ref ?? own;
  return (
    <div
      className={`flex min-w-0 items-center gap-2 rounded-[10px] border border-line bg-ground ps-2.5 pe-1 focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)] ${className}`}
    >
      <Search size={16} strokeWidth={1.75} aria-hidden className="flex-none text-ink-3" />
      <input
        ref={field}
        type="search"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="min-h-[35px] min-w-0 flex-1 outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        {...props}
      />
      {children}
      {value && (
        <IconButton
          icon={X}
          label={t('clear')}
          className="text-ink-3"
          onClick={() => {
            onChange('');
            field.current?.focus();
          }}
        />
      )}
    </div>
  );
}

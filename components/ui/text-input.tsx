import type { ComponentProps } from 'react';

/** One line to type into; it has its label elsewhere. */
export function TextInput({ className = '', ...props }: ComponentProps<'input'>) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      className={`min-h-8 min-w-0 rounded-[9px] border border-line bg-ground px-2.5 placeholder:text-ink-3 focus-visible:outline-2 aria-invalid:border-danger ${className}`}
      {...props}
    />
  );
}

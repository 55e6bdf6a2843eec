import { useRef, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

/** Folds and unfolds what stands above it. */
export function FoldButton({
  isFolded,
  onFold,
  className,
  children,
}: {
  isFolded: boolean;
  onFold: (isFolded: boolean) => void;
  className: string;
  children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const toggle = () => {
    flushSync(() => onFold(!isFolded));
    // What was folded may have gone above the view, and the button with it.
    if (!isFolded) button.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <button
      ref={button}
      type="button"
      aria-expanded={!isFolded}
      className={`block min-h-8 w-full py-1 text-start text-xs text-ink-2 -outline-offset-2 hover:text-ink ${className}`}
      onClick={toggle}
    >
      {children}
    </button>
  );
}

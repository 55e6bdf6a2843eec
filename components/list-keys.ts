/** What keys do in a list that has a field for its search above it. */
import type { KeyboardEvent } from 'react';

export function isMoving(key: string): boolean {
  return ['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(key);
}

/** The option that the key leads to; none above the first. */
export function nextOption(key: string, options: HTMLElement[]): HTMLElement | undefined {
  const at = options.findIndex((option) => option === document.activeElement);
  if (key === 'ArrowDown') return options[Math.min(at + 1, options.length - 1)];
  if (key === 'ArrowUp') return options[at - 1];
  return key === 'Home' ? options[0] : options.at(-1);
}

/** Whether the key writes a letter; a blank presses the option. */
export function isWriting({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}

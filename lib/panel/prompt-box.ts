/**
 * The page's own box takes the focus that would else be lost with the control that had it: the prompt
 * box; where there is none, the box that searches the list.
 */
export function focusPromptBox(): void {
  const box = document.querySelector<HTMLElement>('[data-prompt-box]');
  (box ?? document.querySelector<HTMLElement>('[type="search"]'))?.focus();
}

/** The prompt box takes the focus that would else be lost with the control that had it. */
export function focusPromptBox(): void {
  document.querySelector<HTMLElement>('[data-prompt-box]')?.focus();
}

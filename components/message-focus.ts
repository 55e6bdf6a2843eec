/** The keyboard among the messages: no change of them loses the focus. */
import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';
import { t } from '@/lib/i18n';
import { focusPromptBox } from '@/lib/panel/prompt-box';

/**
 * Handlers for the element whose children are the messages. When the control that had the focus
 * leaves the page, the prompt box takes it; but whoever steps through versions stays at the steps.
 */
export function useMessageFocus(list: RefObject<HTMLElement | null>) {
  const last = useRef<{ place: number; label: string | null }>(undefined);
  useLayoutEffect(() => {
    if (!last.current || !list.current || document.activeElement !== document.body) return;
    const { place, label } = last.current;
    const steps = [t('previousVersion'), t('nextVersion')];
    const message = steps.includes(label ?? '') ? list.current.children[place] : undefined;
    const controls = [label, ...steps].map((name) =>
      message?.querySelector<HTMLElement>(`button[aria-label="${name}"]:enabled`),
    );
    const step = controls.find(Boolean);
    if (step) step.focus();
    else focusPromptBox();
  });
  return {
    onFocus({ target, currentTarget }: FocusEvent<HTMLElement>) {
      const place = [...currentTarget.children].findIndex((message) => message.contains(target));
      last.current = { place, label: target.getAttribute('aria-label') };
    },
    /** Comes when the person leaves a control, not when the control leaves the page. */
    onBlur() {
      last.current = undefined;
    },
  };
}

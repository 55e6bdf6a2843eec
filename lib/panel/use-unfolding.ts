/** What is folded unfolds when something in it is looked for. */
import { useEffect, useEffectEvent, type RefObject } from 'react';

/**
 * Unfolds the element, which tells by `data-folded` that it is folded, when find leads into it
 * (`beforematch`) or a selection is drawn past its edge.
 */
export function useUnfolding(
  folded: RefObject<HTMLElement | null>,
  isFolded: boolean,
  onUnfold: () => void,
): void {
  const unfold = useEffectEvent((element: HTMLElement) => {
    // At once: who looks for a line in it asks next where that line is.
    element.removeAttribute('data-folded');
    onUnfold();
  });
  useEffect(() => {
    const element = folded.current;
    if (!element || !isFolded) return undefined;
    const onMatch = () => unfold(element);
    const onScroll = ({ target }: Event) => {
      if (target instanceof Element && target.scrollTop > 0) unfold(element);
    };
    element.addEventListener('beforematch', onMatch);
    element.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      element.removeEventListener('beforematch', onMatch);
      element.removeEventListener('scroll', onScroll, { capture: true });
    };
  }, [folded, isFolded]);
}

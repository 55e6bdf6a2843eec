/** Tells when an element is about to come into view: one observer for all. */
import { useEffect, useState, type RefObject } from 'react';

/** How far from the view it may be. */
const MARGIN = '800px';

/** So long, in milliseconds, something in a reply that streams has to be near: much only flies past. */
const STAY = 120;

const calls = new Map<Element, () => void>();
const waiting = new Map<Element, ReturnType<typeof setTimeout>>();
let observer: IntersectionObserver | undefined;

/** Whether the element is or was near the view. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (isNear || !element.current) return undefined;
    return whenNear(element.current, () => setNear(true));
  }, [isNear, element]);
  return isNear;
}

/** Calls back once, as soon as the element is near the view; the function ends the wait. */
function whenNear(element: Element, onNear: () => void): () => void {
  observer ??= new IntersectionObserver(tell, {
    rootMargin: MARGIN,
    // What scrolls is within the page, and would cut that margin off.
    scrollMargin: MARGIN,
  });
  const stop = () => {
    calls.delete(element);
    clearTimeout(waiting.get(element));
    waiting.delete(element);
    observer?.unobserve(element);
  };
  calls.set(element, () => {
    stop();
    onNear();
  });
  observer.observe(element);
  return stop;
}

function tell(entries: IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    clearTimeout(waiting.get(target));
    if (!isIntersecting) waiting.delete(target);
    else if (target.closest('[data-message-state="streaming"]')) {
      waiting.set(
        target,
        setTimeout(() => calls.get(target)?.(), STAY),
      );
    } else calls.get(target)?.();
  }
}

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Pixels from the end within which a view still counts as being there. */
const SLACK = 24;

/**
 * Keeps a scrolling element at its end while its content grows, until the person scrolls up; back at
 * the end, it sticks again. `key` names what was asked last: another one leads to the end.
 */
export function useStickToBottom(key: string | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [isAtBottom, setAtBottom] = useState(true);
  const sticks = useRef(true);

  // What scrolls also tells, by its event, that the end is reached.
  const scrollToBottom = () => {
    sticks.current = true;
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };

  /** Lets the view be wherever it is led. */
  const release = useCallback(() => {
    sticks.current = false;
  }, []);

  useLayoutEffect(scrollToBottom, [key]);

  useEffect(() => {
    const view = scroller.current;
    const inner = content.current;
    if (!view || !inner) return undefined;
    let lastTop = view.scrollTop;
    let lastHeight = view.clientHeight;
    const onScroll = () => {
      // A view that grew is moved up by the browser, which is nobody's wish.
      const isUp = view.scrollTop < lastTop && view.clientHeight === lastHeight;
      lastTop = view.scrollTop;
      const isAtEnd = view.scrollHeight - view.clientHeight - view.scrollTop <= SLACK;
      // Growing content also leaves the end behind; only moving up is the person's wish. A step up
      // of less than the slack counts too, or small steps would be pulled back one by one.
      if (isUp && view.scrollHeight - view.clientHeight - view.scrollTop > 1)
        sticks.current = false;
      else if (isAtEnd) sticks.current = true;
      setAtBottom(sticks.current || isAtEnd);
    };
    const stick = () => {
      if (sticks.current) view.scrollTop = view.scrollHeight;
      else onScroll();
      lastTop = view.scrollTop;
      lastHeight = view.clientHeight;
    };
    const resizes = new ResizeObserver(stick);
    resizes.observe(inner);
    resizes.observe(view);
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      resizes.disconnect();
      view.removeEventListener('scroll', onScroll);
    };
  }, []);

  return { scroller, content, isAtBottom, scrollToBottom, release };
}

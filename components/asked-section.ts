/** Goes to the section of Settings that the address names, also when that changes. */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useChat } from '@/lib/panel/chat-store';
import { ADD_SECTION, providerSection } from '@/lib/panel/open-settings';

/** Goes there as soon as the section is among these; `onShow` sees to it that it can be seen. */
export function useAskedSection(ids: string[], onShow: (section: HTMLElement) => void): void {
  /** Another object for each time that it is asked for. */
  const [asked, setAsked] = useState({ id: '' });
  const answered = useRef(asked);
  const shown = useRef<HTMLElement>(null);
  const isLoaded = useChat(({ providers }) => providers.length > 0);
  const id = placeOf(asked.id, ids, isLoaded);
  useEffect(() => {
    const read = () => setAsked({ id: location.hash.slice(1) });
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const show = useEffectEvent((section: HTMLElement) => {
    onShow(section);
    section.scrollIntoView();
    // The choice of the language takes it itself.
    if (!section.contains(document.activeElement)) focusWithin(section);
    answered.current = asked;
    shown.current = section;
    // So that the same one can be asked for again.
    history.replaceState(null, '', location.pathname);
  });
  useEffect(() => {
    const section = id ? document.getElementById(id) : null;
    if (section && answered.current !== asked) show(section);
  }, [id, asked]);
  // In another language the page is made anew: whoever is still there goes there again.
  useLayoutEffect(
    () => () => {
      const { current } = shown;
      if (current?.contains(document.activeElement)) {
        history.replaceState(null, '', `#${current.id}`);
      }
    },
    [],
  );
}

/** A provider that is not in use is found among those to choose from. */
function placeOf(asked: string, ids: string[], isLoaded: boolean): string {
  if (ids.includes(asked)) return asked;
  return isLoaded && asked.startsWith(providerSection('')) ? ADD_SECTION : '';
}

/** The first field that is wrong or has to be filled in; where none is, the heading says where one is. */
function focusWithin(section: HTMLElement): void {
  const fields = section.querySelectorAll('input');
  const faulty = [...fields].find(
    (field) =>
      field.matches('[aria-invalid="true"]') ||
      (field.matches('[aria-required="true"]') && !field.value),
  );
  const heading = section.querySelector('h2');
  if (heading) heading.tabIndex = -1;
  (faulty ?? heading)?.focus({ preventScroll: !faulty });
}

/** The keyboard in the history: arrows go from row to row, and no change of the list loses the focus. */
import {
  useLayoutEffect,
  useRef,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';

/**
 * Handlers for the element that holds search box and rows. Arrows up and down move between them.
 * When the control that had the focus leaves the page, its successor takes it: the same one of the
 * same row, which moved to another group or became an editor; else the row that came into its place.
 */
export function useListFocus(list: RefObject<HTMLElement | null>) {
  const last = useRef<{ row: string; control: string; place: number }>(undefined);
  useLayoutEffect(() => {
    if (!last.current || !list.current || document.activeElement !== document.body) return;
    const { row, control, place } = last.current;
    const rows = rowsIn(list.current);
    const same = rows.find(({ dataset }) => dataset['row'] === row);
    const next = controlIn(same, control) ?? controlIn(same) ?? controlIn(rows.at(place));
    (next ?? controlIn(rows.at(-1)) ?? list.current.querySelector('input'))?.focus();
  });
  return {
    onKeyDown: moveByArrow,
    onFocus({ target }: FocusEvent<HTMLElement>) {
      const row = target.closest<HTMLElement>('[data-row]');
      last.current =
        row && list.current
          ? {
              row: row.dataset['row'] ?? '',
              control: target.dataset['control'] ?? '',
              place: rowsIn(list.current).indexOf(row),
            }
          : undefined;
    },
    /** Comes when the person leaves a control, not when the control leaves the page. */
    onBlur() {
      last.current = undefined;
    },
  };
}

/** Up and down, from the search box through the rows and back. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  // The menu's button opens its menu with an arrow.
  if (event.defaultPrevented || !(target instanceof HTMLElement)) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = target.closest<HTMLElement>('[data-row]');
  const isSearch = target instanceof HTMLInputElement && target.type === 'search';
  if (!step || !(isSearch || (row && !(target instanceof HTMLInputElement)))) return;
  const rows = rowsIn(event.currentTarget);
  const place = (row ? rows.indexOf(row) : -1) + step;
  const next =
    place < 0 && !isSearch
      ? event.currentTarget.querySelector<HTMLElement>('[type=search]')
      : controlIn(rows[place]);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-row]')];
}

function controlIn(row: HTMLElement | undefined, control = 'open'): HTMLElement | null | undefined {
  return row?.querySelector<HTMLElement>(`[data-control="${control}"]`);
}

import { Fragment, useState, type ReactElement, type ReactNode } from 'react';

/** So many things are looked at together when something changes. */
const RUN = 16;

/**
 * Many things of which few change at a time: in runs, which stay as they are while their things do,
 * so that React need not look at each of them. `render` gives the element its key, and always the
 * same for the same item and index.
 */
export function InRuns<T>({
  items,
  render,
}: {
  items: readonly T[];
  render: (item: T, index: number) => ReactNode;
}) {
  const [runsOf] = useState(() => rememberingRuns<T>());
  return runsOf(items, render);
}

function rememberingRuns<T>() {
  let before: { items: readonly T[]; element: ReactElement }[] = [];
  return (items: readonly T[], render: (item: T, index: number) => ReactNode) => {
    const runs: typeof before = [];
    for (let start = 0; start < items.length; start += RUN) {
      const run = items.slice(start, start + RUN);
      const known = before[runs.length];
      const isSame =
        known?.items.length === run.length && run.every((item, at) => item === known.items[at]);
      runs.push(
        isSame
          ? known
          : {
              items: run,
              element: (
                <Fragment key={start}>{run.map((item, at) => render(item, start + at))}</Fragment>
              ),
            },
      );
    }
    before = runs;
    return runs.map(({ element }) => element);
  };
}

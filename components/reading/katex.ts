/** KaTeX, loaded when the first formula is seen. */
import type { KatexOptions } from 'katex';
import { useEffect, useState } from 'react';

/** Draws a formula into an element; throws what is wrong with it. */
export type DrawFormula = (tex: string, element: HTMLElement, isDisplay: boolean) => void;

/** No links, no pictures, no attributes of the author's; and no end that is not near. */
const options = {
  trust: false,
  strict: 'ignore',
  throwOnError: true,
  maxExpand: 500,
  maxSize: 50,
  output: 'htmlAndMathml',
  errorColor: 'var(--danger)',
} satisfies KatexOptions;

let draw: DrawFormula | undefined;
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const [{ default: katex }] = await Promise.all([
    import('katex'),
    import('katex/dist/katex.min.css'),
  ]);
  draw = (tex, element, displayMode) => katex.render(tex, element, { ...options, displayMode });
}

/** What draws formulas; undefined while it is being loaded. */
export function useKatex(): DrawFormula | undefined {
  const [, setLoaded] = useState(draw !== undefined);
  useEffect(() => {
    // Also where it is there: it may have come since this was rendered.
    let isGone = false;
    loading ??= load();
    loading.then(
      () => isGone || setLoaded(true),
      // The source stays; the next formula tries again.
      () => (loading = undefined),
    );
    return () => void (isGone = true);
  }, []);
  return draw;
}

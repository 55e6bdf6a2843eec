import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { mathSource, type InlineMath, type Math } from '@/lib/markdown/math';
import { useKatex, type DrawFormula } from './katex';

/** Longer ones stay source: drawing them would hold up the page. */
const LONGEST = 5000;

/** A formula; its source while it is not finished, not yet drawn, or wrong. */
export function Formula({ node }: { node: InlineMath | Math }) {
  const draw = useKatex();
  const { value } = node;
  const isDrawable = value !== '' && value.length <= LONGEST;
  const isFinished = node.type === 'inlineMath' || node.isClosed;
  return draw && isDrawable && isFinished ? (
    <DrawnFormula key={value} node={node} draw={draw} />
  ) : (
    <FormulaSource node={node} />
  );
}

/** `problem` is what is wrong with it. */
function FormulaSource({ node, problem }: { node: InlineMath | Math; problem?: string }) {
  const source = node.type === 'math' && !node.isClosed ? node.value : mathSource(node);
  if (node.type === 'inlineMath') {
    return (
      <code className="formula-source" data-find-text={node.value} title={problem} dir="ltr">
        {source}
      </code>
    );
  }
  return (
    <div className="formula-block" data-find-text={node.value}>
      <pre className="formula-source" tabIndex={0} dir="ltr">
        <code>{source}</code>
      </pre>
      {problem !== undefined && (
        <p className="formula-problem" data-copy="none">
          {problem}
        </p>
      )}
    </div>
  );
}

function DrawnFormula({ node, draw }: { node: InlineMath | Math; draw: DrawFormula }) {
  const { type, value, opening } = node;
  const ref = useRef<HTMLSpanElement>(null);
  const isDisplay = type === 'math' || opening === '$$' || opening === '\\[';
  const drawn = useMemo(() => tryDraw(draw, value, isDisplay), [draw, value, isDisplay]);
  useLayoutEffect(() => {
    if (drawn) ref.current?.replaceChildren(...drawn);
  }, [drawn]);
  const isWide = useIsWide(ref);
  if (!drawn) return <FormulaSource node={node} problem={t('formulaWrong')} />;
  const formula = (
    <span
      ref={ref}
      className={`formula${isDisplay ? ' formula-display' : ''}${isWide ? ' formula-wide' : ''}`}
      dir="ltr"
      data-find-text={value}
      data-copy-text={mathSource(node)}
      {...(isWide && { tabIndex: 0, role: 'group', 'aria-label': t('formula') })}
    />
  );
  return type === 'math' ? <div className="formula-block">{formula}</div> : formula;
}

/** What is to be seen; undefined where the formula is wrong. */
function tryDraw(draw: DrawFormula, value: string, isDisplay: boolean): Element[] | undefined {
  const stage = document.createElement('span');
  try {
    draw(value, stage, isDisplay);
  } catch {
    return undefined;
  }
  return [...stage.children];
}

/** Whether it is wider than its place, so that it has to be scrolled. */
function useIsWide(ref: { current: HTMLElement | null }): boolean {
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const measure = () => {
      if (ref.current) setWide(ref.current.scrollWidth > ref.current.clientWidth + 1);
    };
    measure();
    const stop = new AbortController();
    window.addEventListener('resize', measure, stop);
    // Its own letters come after it.
    if ('fonts' in document) document.fonts.addEventListener('loadingdone', measure, stop);
    return () => stop.abort();
  }, [ref]);
  return isWide;
}

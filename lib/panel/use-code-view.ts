/** How a block of code is shown: wrapped or not, and folded when it is long. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { keepChoices, keptChoices } from './code-choices';
import { useUnfolding } from './use-unfolding';

/** Lines beyond which a block is shown folded at first. */
const LONG = 30;

export interface CodeView {
  isWrapped: boolean;
  setWrapped: (isWrapped: boolean) => void;
  isFolded: boolean;
  setFolded: (isFolded: boolean) => void;
  /** Whether the person can fold and unfold it. */
  isFoldable: boolean;
}

/**
 * `attach` is for the element of the whole block, which `figure` then is.
 *
 * A block that the person saw growing is never folded by itself, and gets no new button either:
 * nothing is to move then.
 */
export function useCodeView(code: string, lineCount: number) {
  const figure = useRef<HTMLElement>(null);
  const isLong = lineCount > LONG;
  const [kept] = useState(() => keptChoices(code));
  const [isWrapped, setWrapped] = useState(kept.isWrapped);
  const [isFoldable, setFoldable] = useState(isLong);
  // By its code: when that grows after all, it is shown.
  const [foldedCode, setFoldedCode] = useState(isLong && !kept.isOpen ? code : undefined);
  const isFolded = foldedCode === code;

  const attach = useCallback((element: HTMLElement | null) => {
    figure.current = element;
    if (!element?.closest('[data-message-state="streaming"]')) return;
    setFoldable(false);
    setFoldedCode(undefined);
  }, []);

  useUnfolding(figure, isFolded, () => setFoldedCode(undefined));

  const last = useRef({ code, choices: kept });
  useEffect(() => {
    last.current = { code, choices: { isWrapped, isOpen: isLong && !isFolded } };
  });
  useEffect(() => () => keepChoices(last.current.code, last.current.choices), []);

  const view: CodeView = {
    isWrapped,
    setWrapped,
    isFolded,
    setFolded: (folded) => setFoldedCode(folded ? code : undefined),
    isFoldable,
  };
  return { figure, attach, view };
}

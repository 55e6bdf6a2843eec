import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { keepChoices, keptChoices } from '@/lib/panel/code-choices';
import { useUnfolding } from '@/lib/panel/use-unfolding';
import { FoldButton } from './reading/fold-button';

/** Shorter texts, in characters and lines, are not measured: nowhere are they as high as what is folded. */
const SHORT = { length: 700, lines: 30 };
/** Folded only where much is hidden by it: a text this many times as high as what a fold shows. */
const MUCH = 1.5;

/** The words of a prompt; long ones are folded, about as code is. */
export function PromptText({ text }: { text: string }) {
  const [kept] = useState(() => keptChoices(text));
  const [isFoldable, setFoldable] = useState(() => isMaybeLong(text));
  const [isFolded, setFolded] = useState(isFoldable && !kept.isOpen);
  const block = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const { current } = words;
    // What is open now was long enough before.
    if (!current || !isFolded) return undefined;
    const measure = () => {
      if (!block.current?.hasAttribute('data-folded')) return;
      if (current.scrollHeight > current.clientHeight * MUCH) return;
      setFoldable(false);
      setFolded(false);
    };
    measure();
    // A wider panel has fewer lines.
    const resizes = new ResizeObserver(measure);
    resizes.observe(current);
    return () => resizes.disconnect();
  }, [isFolded]);
  useUnfolding(block, isFolded, () => setFolded(false));

  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = isFoldable && !isFolded;
  });
  useEffect(() => () => keepChoices(text, { isWrapped: false, isOpen: isOpen.current }), [text]);

  return (
    <div ref={block} data-folded={isFolded || undefined} className="group/fold">
      <div
        ref={words}
        data-message-text
        dir="auto"
        className="text-start [unicode-bidi:plaintext] whitespace-pre-wrap group-data-folded/fold:max-h-[20.5lh] group-data-folded/fold:overflow-y-hidden group-data-folded/fold:[mask-image:linear-gradient(#000_calc(100%-2.5lh),#0003)]"
      >
        {text}
      </div>
      {isFoldable && (
        <FoldButton isFolded={isFolded} onFold={setFolded} className="font-semibold">
          {t(isFolded ? 'showAll' : 'showLess')}
        </FoldButton>
      )}
    </div>
  );
}

function isMaybeLong(text: string): boolean {
  return text.length > SHORT.length || text.split('\n', SHORT.lines + 1).length > SHORT.lines;
}

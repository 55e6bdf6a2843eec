import { Download, WrapText } from 'lucide-react';
import { memo, useState, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { codeFileName, givenFileName } from '@/lib/panel/highlight/code-file';
import { groupLines, type CodeGroups } from '@/lib/panel/highlight/code-groups';
import type { Highlighter } from '@/lib/panel/highlight/highlighter';
import { languageOf } from '@/lib/panel/highlight/languages';
import { useNear } from '@/lib/panel/near';
import { useHighlight } from '@/lib/panel/highlight/use-highlight';
import { saveFile } from '@/lib/panel/save-file';
import { useCodeView, type CodeView } from '@/lib/panel/use-code-view';
import { CopyButton } from '../copy-button';
import { IconButton } from '../ui/button';
import { CodeLines } from './code-lines';
import { FoldButton } from './fold-button';

/** `info` is the first word of a block's info string, `meta` the rest of it. */
export const CodeBlock = memo(function CodeBlock({
  info,
  meta,
  code,
  highlighter,
}: {
  info: string;
  meta: string;
  code: string;
  highlighter?: Highlighter;
}) {
  const [group] = useState(rememberingGrouper);
  const { texts, lineCount } = group(code);
  const language = languageOf(info);
  const { figure, attach, view } = useCodeView(code, lineCount);
  const isNear = useNear(figure);
  const colours = useHighlight(code, language?.grammar, isNear, highlighter);
  const name = language?.name ?? info;
  return (
    <figure
      ref={attach}
      aria-label={name ? t('codeIn', { language: name }) : t('code')}
      data-folded={view.isFolded || undefined}
      className="group/code overflow-hidden rounded-[10px] border border-line bg-code"
    >
      <Header label={givenFileName(info, meta) ?? (name || t('code'))}>
        {isNear && <Controls info={info} meta={meta} code={code} view={view} />}
      </Header>
      <pre
        className={`overflow-x-auto px-3 py-2.5 font-mono text-[0.893em] leading-[1.6] [tab-size:4] -outline-offset-2 group-data-folded/code:max-h-[calc(20.5lh+10px)] group-data-folded/code:overflow-y-hidden group-data-folded/code:[mask-image:linear-gradient(#000_calc(100%-2.5lh),#0003)] ${view.isWrapped ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : ''}`}
        dir="ltr"
        tabIndex={0}
      >
        <code>
          {texts.map((text, index) => (
            <CodeLines
              key={index}
              text={text}
              colours={colours[index]}
              isWrapped={view.isWrapped}
            />
          ))}
        </code>
      </pre>
      {view.isFoldable && (
        <FoldButton
          isFolded={view.isFolded}
          onFold={view.setFolded}
          className="border-t border-line px-3 hover:bg-raised"
        >
          {view.isFolded ? t('showAllLines', { count: lineCount }) : t('showFewerLines')}
        </FoldButton>
      )}
    </figure>
  );
});

function Header({ label, children }: { label: string; children: ReactNode }) {
  return (
    <figcaption className="flex min-h-[37px] items-center border-b border-line py-1 ps-3 pe-1.5 text-xs text-ink-3">
      <span aria-hidden data-copy="none" className="me-auto truncate">
        {label}
      </span>
      {children}
    </figcaption>
  );
}

/** Drawn for blocks near the view alone: they are two thirds of the work of a block. */
function Controls({
  info,
  meta,
  code,
  view,
}: {
  info: string;
  meta: string;
  code: string;
  view: CodeView;
}) {
  const save = () => {
    const text = code.endsWith('\n') ? code : `${code}\n`;
    // As text of its type, some browsers would change the end of the name.
    saveFile(new Blob([text], { type: 'application/octet-stream' }), codeFileName(info, meta));
  };
  return (
    <>
      <IconButton
        icon={WrapText}
        label={t('wrapCode')}
        aria-pressed={view.isWrapped}
        className="aria-pressed:bg-raised aria-pressed:text-accent"
        onClick={() => view.setWrapped(!view.isWrapped)}
      />
      <IconButton icon={Download} label={t('saveCode')} onClick={save} />
      <CopyButton label={t('copyCode')} text={code} />
    </>
  );
}

/** Groups a growing code: full groups are taken over. */
function rememberingGrouper(): (code: string) => CodeGroups {
  let before: CodeGroups | undefined;
  return (code) => {
    before = groupLines(code, before);
    return before;
  };
}

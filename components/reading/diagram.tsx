import { Code, Download, Maximize2, Workflow } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { diagramKind, diagramTitle } from '@/lib/markdown/diagram-source';
import { useNear } from '@/lib/panel/near';
import { CopyButton } from '../copy-button';
import { IconButton } from '../ui/button';
import { CodeBlock } from './code-block';
import { Enlarge } from './enlarge';
import { drawDiagram, knownDrawing, type Drawing, type Scheme } from './mermaid';

/** Lines stay sharp: enlarged, a drawing may be so many times as large as it was drawn. */
const LARGER = 2;

declare module 'react' {
  interface CSSProperties {
    /** The width of a drawing in its own size, in pixels. */
    '--width'?: number;
  }
}

/** A diagram, drawn as soon as it is near the screen; until then, and where that fails, its source. */
export function Diagram({ source }: { source: string }) {
  const scheme = useScheme();
  const ref = useRef<HTMLDivElement>(null);
  const [isSource, setSource] = useState(false);
  const { drawing, hasFailed } = useDrawing(source, scheme, ref);
  const isShown = drawing && !isSource;
  return (
    <div ref={ref} data-find-text={source} data-copy-text={`\`\`\`mermaid\n${source}\n\`\`\``}>
      {isShown ? (
        <DrawnDiagram source={source} drawing={drawing}>
          <IconButton icon={Code} label={t('diagramSource')} onClick={() => setSource(true)} />
        </DrawnDiagram>
      ) : (
        <CodeBlock info="mermaid" meta="" code={source} />
      )}
      {isSource && (
        <button type="button" className="diagram-back" onClick={() => setSource(false)}>
          <Workflow size={14} strokeWidth={1.75} aria-hidden />
          {t('diagramShow')}
        </button>
      )}
      {hasFailed && (
        <p className="diagram-problem" data-copy="none">
          {t('diagramFailed')}
        </p>
      )}
    </div>
  );
}

function DrawnDiagram({
  source,
  drawing: { url, width, height },
  children,
}: {
  source: string;
  drawing: Drawing;
  children: ReactNode;
}) {
  const kind = diagramKind(source);
  const title = diagramTitle(source);
  const alt = title ? t('diagramTitled', { title, kind }) : t('diagramOf', { kind });
  const save = () => {
    const link = document.createElement('a');
    link.href = url;
    link.download = `${kind || 'diagram'}.svg`;
    link.click();
  };
  return (
    <figure className="diagram">
      <div className="diagram-box" tabIndex={0} role="group" aria-label={t('diagram')}>
        <img src={url} width={width} height={height} style={{ '--width': width }} alt={alt} />
      </div>
      <figcaption>
        <Enlarge
          label={t('diagram')}
          src={url}
          alt={alt}
          size={{ width: width * LARGER, height: height * LARGER }}
          trigger={<IconButton icon={Maximize2} label={t('enlargeDiagram')} />}
        />
        {children}
        <CopyButton label={t('copyDiagram')} text={source} />
        <IconButton icon={Download} label={t('saveDiagram')} onClick={save} />
      </figcaption>
    </figure>
  );
}

/** The drawing, made when the element comes near the screen. */
function useDrawing(source: string, scheme: Scheme, ref: { current: HTMLElement | null }) {
  const [made, setMade] = useState<{ source: string; scheme: Scheme; drawing?: Drawing }>();
  const isNear = useNear(ref);
  const known = knownDrawing(source, scheme);
  const hasFailed = made?.source === source && made.scheme === scheme && !made.drawing;
  useEffect(() => {
    if (!isNear || known) return undefined;
    let isGone = false;
    drawDiagram(source, scheme).then(
      (drawing) => isGone || setMade({ source, scheme, drawing }),
      () => isGone || setMade({ source, scheme }),
    );
    return () => void (isGone = true);
  }, [source, scheme, isNear, known]);
  // In the other colours rather than as source, until it is there in these.
  const drawing = known ?? (made?.source === source && !hasFailed ? made.drawing : undefined);
  return { drawing, hasFailed };
}

function useScheme(): Scheme {
  return useSyncExternalStore(
    (onChange) => {
      const dark = matchMedia('(prefers-color-scheme: dark)');
      dark.addEventListener('change', onChange);
      return () => dark.removeEventListener('change', onChange);
    },
    () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  );
}

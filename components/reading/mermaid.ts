/** Mermaid, loaded when the first diagram is near the screen, and what it draws: pictures. */
import type { Mermaid, MermaidConfig } from 'mermaid';
import { cleanDiagram } from '@/lib/markdown/diagram-source';

/** A diagram as a picture, in which nothing runs and which loads nothing. */
export interface Drawing {
  /** A `data:` URL. */
  url: string;
  /** In CSS pixels. */
  width: number;
  height: number;
}

/** The two designs of the page, for which diagrams are drawn in different colours. */
export type Scheme = 'light' | 'dark';

/** So many drawings are kept, so that one that comes back is there at once. */
const MOST_KEPT = 60;
const ID = 'aside-diagram';

const kept = new Map<string, Drawing>();
let loading: Promise<Mermaid> | undefined;
/** Drawings are made one after the other. */
let last: Promise<unknown> = Promise.resolve();

/** A drawing that has been made before. */
export function knownDrawing(source: string, scheme: Scheme): Drawing | undefined {
  return kept.get(scheme + source);
}

/** Draws a diagram; throws where its source is wrong, or what draws cannot be loaded. */
export async function drawDiagram(source: string, scheme: Scheme): Promise<Drawing> {
  const turn = last.then(async () => knownDrawing(source, scheme) ?? (await draw(source, scheme)));
  last = turn.catch(() => undefined);
  return turn;
}

async function draw(source: string, scheme: Scheme): Promise<Drawing> {
  loading ??= import('mermaid').then(
    (module) => module.default,
    (error: unknown) => {
      // The next diagram tries again.
      loading = undefined;
      throw error;
    },
  );
  const mermaid = await loading;
  mermaid.initialize(configOf(scheme));
  const stage = document.createElement('div');
  stage.ariaHidden = 'true';
  stage.style.cssText = 'position:fixed;inset:0 auto auto -9999px;width:800px;visibility:hidden';
  document.body.append(stage);
  try {
    const { svg } = await mermaid.render(ID, cleanDiagram(source), stage);
    const drawing = pictureOf(svg);
    kept.set(scheme + source, drawing);
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return drawing;
  } finally {
    stage.remove();
  }
}

/** An SVG has to be well formed, and to know its size, to be a picture. */
function pictureOf(svg: string): Drawing {
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const [, , width = 0, height = 0] = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
  if (!(width > 0 && height > 0)) throw new Error('The drawing has no size');
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  const text = new XMLSerializer().serializeToString(root);
  return { url: `data:image/svg+xml,${encodeURIComponent(text)}`, width, height };
}

function configOf(scheme: Scheme): MermaidConfig {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const fontFamily = getComputedStyle(document.body).fontFamily;
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    logLevel: 'fatal',
    deterministicIds: true,
    layout: 'dagre',
    look: 'classic',
    htmlLabels: false,
    maxEdges: 500,
    maxTextSize: 20_000,
    fontFamily,
    theme: 'base',
    sequence: { mirrorActors: false, actorMargin: 40, diagramMarginX: 8, diagramMarginY: 8 },
    state: { minNodeWidth: 0 },
    gantt: { useWidth: 900, barHeight: 24, fontSize: 14, sectionFontSize: 14 },
    quadrantChart: { pointLabelFontSize: 14 },
    // The dates of a gantt have no setting.
    themeCSS: '.grid .tick text { font-size: 14px }',
    pie: { textPosition: 0.65 },
    themeVariables: {
      darkMode: scheme === 'dark',
      fontFamily,
      fontSize: '14px',
      background: colour('ground'),
      mainBkg: colour('raised'),
      primaryColor: colour('raised'),
      primaryTextColor: colour('ink'),
      primaryBorderColor: colour('ink-3'),
      secondaryColor: colour('accent-soft'),
      secondaryTextColor: colour('ink'),
      secondaryBorderColor: colour('accent'),
      tertiaryColor: colour('sunk'),
      tertiaryTextColor: colour('ink'),
      tertiaryBorderColor: colour('line'),
      lineColor: colour('ink-2'),
      textColor: colour('ink'),
      titleColor: colour('ink'),
      clusterBkg: colour('sunk'),
      clusterBorder: colour('line'),
      edgeLabelBackground: colour('ground'),
      noteBkgColor: colour('warn-soft'),
      noteTextColor: colour('ink'),
      noteBorderColor: colour('warn'),
      activationBkgColor: colour('accent-soft'),
      activationBorderColor: colour('accent'),
      useGradient: false,
      dropShadow: 'none',
      commitLabelFontSize: '14px',
      tagLabelFontSize: '14px',
      pieTitleTextSize: '16px',
      pieSectionTextSize: '14px',
      pieLegendTextSize: '14px',
      pieSectionTextColor: colour('ink'),
      pieStrokeColor: colour('ground'),
      pieStrokeWidth: '2px',
      pieOuterStrokeWidth: '0',
      pieOpacity: '1',
      xyChart: { plotColorPalette: fills[scheme].join(',') },
      ...series(scheme, colour('ink')),
    },
  };
}

/** Fills that stand side by side, in which the ink of the page can be read. */
const fills: Record<Scheme, string[]> = {
  light: ['#9fd6cf', '#f5d58c', '#b7c9f2', '#f3b9b1', '#cfe3a8', '#d9c2ee', '#f2c7dd', '#bfdde9'],
  dark: ['#1f6f67', '#80621a', '#3f5596', '#8a443d', '#53702c', '#65488a', '#80405f', '#2f6379'],
};

/** The same fills under the names that the kinds of diagrams have for them. */
function series(scheme: Scheme, ink: string): Record<string, string> {
  const named = fills[scheme].flatMap((fill, index) => [
    [`pie${index + 1}`, fill],
    [`cScale${index}`, fill],
    [`cScaleLabel${index}`, ink],
    [`git${index}`, fill],
    [`gitBranchLabel${index}`, ink],
    [`fillType${index}`, fill],
  ]);
  return Object.fromEntries(named);
}

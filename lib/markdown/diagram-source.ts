/** Diagrams are code in Mermaid's language. What could load or run anything is taken out of it first. */
import type { Code } from 'mdast';

/** So long a source, in characters, is still drawn. */
const LONGEST = 20_000;

/** Whether the code is drawn: not before its end has come, and not when it is very long. */
export function isDiagram({ lang, value, data }: Code): boolean {
  const isMermaid = lang?.toLowerCase() === 'mermaid';
  return isMermaid && data?.isClosed === true && value.trim() !== '' && value.length <= LONGEST;
}

/** What kind of diagram it is, as its author says: "flowchart", "sequenceDiagram". */
export function diagramKind(source: string): string {
  const first = withoutFrontMatter(source)
    .split('\n')
    .find((line) => line.trim() && !line.trim().startsWith('%%'));
  return first?.trim().match(/^[\w-]+/)?.[0] ?? '';
}

/** The title that its author gave it. */
export function diagramTitle(source: string): string {
  const head = FRONT_MATTER.exec(source)?.[1] ?? '';
  return /^title:[ \t]*(["']?)(.*?)\1[ \t]*$/m.exec(head)?.[2] ?? '';
}

const FRONT_MATTER = /^\s*---[^\S\n]*\n([\s\S]*?)\n[^\S\n]*---[^\S\n]*(?=\n|$)/;
/** Statements that make something of a diagram react to a click. */
const REACTIONS = /(^|[\n;])[ \t]*(?:click|href|callback|links?|properties|details)[ \t][^\n;]*/gi;
/** Colours, widths, dashes; nothing that could name an address. */
const PLAIN_STYLE = /^(?!.*(?:url|image|src|import|expression))[\w\s#.,:;%()-]*$/i;
const STYLES = /(^|[\n;])([ \t]*(?:style|classDef|linkStyle|cssStyle|themeCSS)[ \t])([^\n]*)/gi;
/** Pictures as properties of a node, and what could spell them otherwise: properties are YAML. */
const PICTURES = /\b(?:img|icon)\b|\\/i;

/**
 * The source without settings, reactions, pictures, HTML and addresses. Mermaid's own strict mode
 * keeps them out of what it draws, but tries some of them while it measures.
 */
export function cleanDiagram(source: string): string {
  return (
    withoutFrontMatter(source.replaceAll('\r', ''))
      // A second block of them is none.
      .replace(/^\s*---/, '')
      // Settings become comments, which also holds for what is put together of several.
      .replaceAll(/%%[ \t]*\{/g, '%% ')
      .replaceAll(REACTIONS, '$1')
      .replaceAll(STYLES, (all: string, before: string, _: string, style: string) =>
        PLAIN_STYLE.test(style) ? all + readableOn(style) : before,
      )
      .replaceAll('@{', PICTURES.test(source) ? '@ {' : '@{')
      .replaceAll(/\$(?:link|sprite|tags)\s*=\s*"[^"]*"/gi, '$tags=""')
      .replaceAll(/<br[ \t]*\/?>/gi, '<br/>')
      // An angle that looks the same and opens no tag.
      .replaceAll(/<(?!br\/>)(?=[a-z/!?])/gi, '‹')
      // Numbers and names of signs could stand for those that were just taken out.
      .replaceAll(
        /[&#](?=(?:#?x?0*(?:3[ace]|2[26f]|60|62|47|58|38|34)|lt|gt|amp|sol|colon);)/gi,
        '＃',
      )
      .replaceAll(/:(?=[\\/]{2})|[\\/](?=[\\/])/g, (sign) => (sign === ':' ? '：' : '∕'))
      .replaceAll(/!\[/g, '! [')
      .replaceAll(/javascript:|data:/gi, (scheme) => `${scheme.slice(0, -1)}：`)
  );
}

/** The ink for a fill that the author chose, where none was chosen for it: the page's may be as light. */
function readableOn(style: string): string {
  const fill = /fill\s*:\s*#([\da-f]{3}|[\da-f]{6})\b/i.exec(style)?.[1];
  if (fill === undefined || /(?<![\w-])color\s*:/i.test(style)) return '';
  const digits = fill.replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3').match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => parseInt(pair, 16));
  const isLight = red * 0.3 + green * 0.59 + blue * 0.11 > 140;
  return `${/[;,]\s*$/.test(style) ? '' : ','}color:${isLight ? '#15191e' : '#ffffff'}`;
}

function withoutFrontMatter(source: string): string {
  return source.replace(FRONT_MATTER, '');
}

/** A conversation as one page that needs nothing else, and that can run nothing. */
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Root, RootContent } from 'mdast';
import { toHast, type State } from 'mdast-util-to-hast';
import type { Part } from '../../conversation';
import { currentLanguage, t } from '../../i18n';
import { groupDetails, type Details } from '../../markdown/details';
import { isBreaks, pairInlineHtml, type InlineElement } from '../../markdown/inline-html';
import { mathSource, type InlineMath, type Math } from '../../markdown/math';
import { parseMarkdown } from '../../markdown/parse';
import { safeUrl } from '../../markdown/safe-url';
import { toBase64 } from '../../stream/base64';
import type { ShownConversation, ShownMessage } from './conversation-text';
import { htmlStyle } from './html-style';
import type { ImageReader } from './image-export';

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export async function exportHtml(
  { title, messages }: ShownConversation,
  readImage: ImageReader,
): Promise<Blob> {
  const parts: BlobPart[] = [
    `<!doctype html>
<html lang="${currentLanguage()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(title)}</h1>
`,
  ];
  for (const message of messages) {
    parts.push(`<article class="${message.role}">\n${headOf(message)}`);
    for (const part of message.parts) {
      parts.push(new Blob([await partHtml(part, message, readImage)]));
    }
    if (message.isIncomplete) parts.push(`<p class="note">${escaped(t('exportIncomplete'))}</p>\n`);
    parts.push('</article>\n');
  }
  return new Blob([...parts, '</main>\n</body>\n</html>\n'], { type: 'text/html' });
}

function headOf({ author, date, source }: ShownMessage): string {
  const text = escaped(source?.text ?? '');
  const link = source?.url ? `<a href="${escaped(source.url)}">${text}</a>` : text;
  const facts = [escaped(date), link].filter(Boolean).join(' · ');
  return `<header><h2>${escaped(author)}</h2> <small>${facts}</small></header>\n`;
}

async function partHtml(
  part: Part,
  { role }: ShownMessage,
  readImage: ImageReader,
): Promise<string> {
  if (part.type === 'text') {
    return role === 'user' ? plain(part.text) : markdownHtml(part.text);
  }
  if (part.type === 'reasoning') {
    return part.text.trim()
      ? `<details><summary>${escaped(t('thoughts'))}</summary>${markdownHtml(part.text)}</details>\n`
      : '';
  }
  const image = part.image && (await readImage(part.image.id));
  const alt = escaped(part.prompt);
  if (!image) {
    return `<p class="note">${escaped(t('exportImageMissing', { prompt: part.prompt }))}</p>\n`;
  }
  const base64 = toBase64(new Uint8Array(await image.arrayBuffer()));
  return `<figure><img alt="${alt}" src="data:${escaped(image.type)};base64,${base64}"><figcaption>${alt}</figcaption></figure>\n`;
}

/** The text as it was typed, line by line. */
function plain(text: string): string {
  return `<p class="plain" dir="auto">${escaped(text)}</p>\n`;
}

/** Markdown as HTML of ours alone; a reference and its note stand where they are written. */
function markdownHtml(text: string): string {
  const blocks = groupDetails(parseMarkdown(text).blocks);
  const root: Root = { type: 'root', children: blocks.map(({ node }) => asBlock(node)) };
  return `<div dir="auto">${toHtml(toHast(root, { handlers }))}</div>\n`;
}

/** What is no Markdown of ours is a paragraph as it came. */
function asBlock(node: RootContent): RootContent {
  if (node.type === 'details') return { ...node, children: node.children.map(asBlock) };
  if (node.type !== 'text' && node.type !== 'html') return withElements(node);
  const isBreak = node.type === 'html' && isBreaks(node.value);
  return { type: 'paragraph', children: isBreak ? [] : [{ type: 'text', value: node.value }] };
}

/** With the few tags of a text that are elements. */
function withElements<Node extends Nodes>(node: Node): Node {
  if (!('children' in node)) return node;
  return { ...node, children: pairInlineHtml(node.children).map(withElements) };
}

const handlers = {
  html: (_: State, node: Nodes & { type: 'html' }) => asText(node.value),
  code: (_: State, node: Nodes & { type: 'code' }) =>
    element('pre', [element('code', [asText(node.value)])]),
  math: (_: State, node: Math) =>
    element('pre', [element('code', [asText(mathSource(node))], { className: ['math'] })]),
  inlineMath: (_: State, node: InlineMath) =>
    element('code', [asText(mathSource(node))], { className: ['math'] }),
  inlineElement: (state: State, node: InlineElement) => element(node.name, state.all(node)),
  details: (state: State, node: Details) =>
    element('details', [
      element('summary', [asText(node.summary || t('details'))]),
      ...state.all(node),
    ]),
  link: (state: State, node: Nodes & { type: 'link' }) => linkTo(node.url, state.all(node)),
  image: (_: State, node: Nodes & { type: 'image' }) => {
    const host = safeUrl(node.url)?.host ?? node.url;
    return linkTo(node.url, [asText(node.alt || t('remoteImage', { host }))]);
  },
  footnoteReference: (_: State, node: Nodes & { type: 'footnoteReference' }) =>
    element('sup', [asText(node.label ?? node.identifier)]),
  footnoteDefinition: (state: State, node: Nodes & { type: 'footnoteDefinition' }) =>
    element('div', [element('sup', [asText(node.label ?? node.identifier)]), ...state.all(node)]),
};

function element(
  tagName: string,
  children: ElementContent[],
  properties: Record<string, string | string[]> = {},
): Element {
  return { type: 'element', tagName, properties, children };
}

function asText(value: string): ElementContent {
  return { type: 'text', value };
}

/** A link of the web or to mail; of any other, the text alone. */
function linkTo(url: string, children: ElementContent[]): Element {
  const href = safeUrl(url)?.href;
  return href === undefined
    ? element('span', children)
    : element('a', children, { href, rel: ['noreferrer'] });
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

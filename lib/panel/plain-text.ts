/** Elements of `clean-copy.ts` as text that reads well where nothing but text is. */

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, ul, ol, pre, blockquote, table, hr';

/** Blocks apart by a blank line, lists with their marks, the cells of a table apart by tabs. */
export function plainText(root: Element): string {
  return blocksIn(root)
    .map(({ text }) => text)
    .join('\n\n');
}

interface Block {
  text: string;
  isList: boolean;
}

function blocksIn(parent: Element): Block[] {
  const blocks: Block[] = [];
  let line = '';
  const endLine = () => {
    if (line.trim()) blocks.push({ text: trimLines(line), isList: false });
    line = '';
  };
  for (const node of parent.childNodes) {
    if (node instanceof Element && node.matches(BLOCKS)) {
      endLine();
      const text = blockText(node);
      if (text) blocks.push({ text, isList: node.matches('ul, ol') });
    } else line += inlineText(node);
  }
  endLine();
  return blocks;
}

function blockText(block: Element): string {
  switch (block.localName) {
    case 'pre':
      return (block.textContent ?? '').replace(/\n$/u, '');
    case 'hr':
      return '---';
    case 'ul':
    case 'ol':
      return listText(block);
    case 'blockquote':
      return indent(plainText(block), '> ', '> ');
    case 'table':
      return [...block.querySelectorAll('tr')].map(rowText).join('\n');
    default:
      return trimLines(inlineText(block));
  }
}

function listText(list: Element): string {
  const isOrdered = list.matches('ol');
  const first = Number(list.getAttribute('start') ?? 1);
  return [...list.children]
    .map((item, index) => {
      const mark = isOrdered ? `${first + index}. ` : '- ';
      return indent(itemText(item), mark, ' '.repeat(mark.length));
    })
    .join('\n');
}

/** A list within an item follows on its line; paragraphs stand apart. */
function itemText(item: Element): string {
  let text = '';
  let wasList = false;
  for (const block of blocksIn(item)) {
    const isClose = wasList || block.isList;
    text += (text && (isClose ? '\n' : '\n\n')) + block.text;
    wasList = block.isList;
  }
  return text;
}

function rowText(row: Element): string {
  return [...row.children]
    .map((cell) => inlineText(cell).replaceAll(/\s+/gu, ' ').trim())
    .join('\t');
}

function inlineText(node: Node): string {
  if (!(node instanceof Element)) return node.textContent ?? '';
  if (node.matches('br')) return '\n';
  const text = [...node.childNodes].map(inlineText).join('');
  // The number of a footnote would run into the word before it.
  return node.matches('sup') && text ? `[${text}]` : text;
}

function indent(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : line ? others + line : others.trimEnd()))
    .join('\n');
}

function trimLines(text: string): string {
  return text.replaceAll(/^\n+|\s+$/gu, '');
}

import type { Nodes } from 'mdast';
import { expect, it } from 'vitest';
import { parseMarkdown } from '../../../lib/markdown/parse';

/** The links and images of a text as `type address`. */
function linksIn(text: string): string[] {
  const inNode = (node: Nodes): string[] => [
    ...(node.type === 'link' || node.type === 'image' ? [`${node.type} ${node.url}`] : []),
    ...('children' in node ? node.children.flatMap(inNode) : []),
  ];
  return parseMarkdown(text).blocks.flatMap(({ node }) => inNode(node));
}

it.each([
  ['a link', 'See [the page][1].\n\n[1]: https://x.org/a', ['link https://x.org/a']],
  ['an image', '![a cat][cat]\n\n[Cat]: https://x.org/c.png', ['image https://x.org/c.png']],
  ['one in a quote', '> [a]\n>\n> [a]: https://x.org/q', ['link https://x.org/q']],
  [
    'the first of two',
    '[a]\n\n[a]: https://x.org/1\n[a]: https://x.org/2',
    ['link https://x.org/1'],
  ],
  ['none where nothing is defined', '[a][b]', []],
])('resolves %s', (_, text, links) => {
  expect(linksIn(text)).toEqual(links);
});

import { describe, expect, it } from 'vitest';
import type { RootContent } from 'mdast';
import { growMarkdown } from '@/lib/markdown/parse';

/** The blocks of a text that is still growing, by type, with what a person reads of each. */
function shown(text: string): string[] {
  return growMarkdown(text).blocks.map(({ node }) => `${node.type}: ${textOf(node)}`);
}

function textOf(node: RootContent): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('|') : '';
}

describe('the end of a growing text', () => {
  it.each([
    ['half a link is its text', 'See [the page](https://x.o', ['paragraph: See the page']],
    ['and with half a title', 'See [the page](https://x.org "A ti', ['paragraph: See the page']],
    ['half an image is its text', 'See ![a cat](https://x', ['paragraph: See a cat']],
    ['what is not yet half a link is text', 'See [the pa', ['paragraph: See [the pa']],
    ['brackets that are no link are text', 'items[3]', ['paragraph: items[3]']],
    ['marks that open emphasis wait', 'It is **', ['paragraph: It is']],
    ['half emphasis is text', 'It is **bo', ['paragraph: It is **bo']],
    ['a mark under a paragraph is no heading yet', 'One\n-', ['paragraph: One']],
    ['a mark after a list is no rule yet', '- one\n\n--', ['list: one']],
    ['an open fence is code from its first line on', '```js\n', ['code: ']],
    ['and stays code', '```js\nconst a = [1\n\n# b', ['code: const a = [1\n\n# b']],
    ['half a closing fence is no code', '~~~\na\n~~~', ['code: a']],
    ['half a row is a row', '| a | b |\n|---|---|\n| 1 | 2', ['table: a|b|1|2']],
    ['and its first bar is none yet', '| a | b |\n|---|---|\n| 1 | 2 |\n|', ['table: a|b|1|2']],
  ])('%s', (_, text, blocks) => {
    expect(shown(text)).toEqual(blocks);
  });

  it('of a long paragraph is text until it is worth another look', () => {
    const long = 'Some *words* of it. '.repeat(300);
    const before = growMarkdown(long);
    const [block] = growMarkdown(`${long}*more*`, before).blocks;
    expect(block && textOf(block.node)).toMatch(/\*more\*$/);
    const far = growMarkdown(`${long}*more* ${'words '.repeat(100)}`, before).blocks;
    expect(far[0] && textOf(far[0].node)).not.toContain('*more*');
  });
});

/** Replies that would hang a page which parses or draws too much, and how they are streamed. */
import type { Page } from 'puppeteer-core';
import type { Behaviour } from '../stand-ins/ai-chats.ts';

/** About four characters to a token. */
const TOKENS = 64_000;
const MEGABYTE = 1_000_000;

const SENTENCE = 'The quick brown fox **jumps** over the `lazy` dog, and nobody minds at all. ';

function times(count: number, write: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => write(index)).join('');
}

function section(index: number): string {
  const code = `\`\`\`js\nconst a = ${index};\n\`\`\``;
  return `## Section ${index}\n\n${SENTENCE.repeat(5)}\n\n- one\n- two\n\n${code}\n\n`;
}

const texts: Record<string, string> = {
  '64,000 tokens': times(Math.ceil((TOKENS * 4) / section(0).length), section),
  '64,000 tokens in one paragraph': SENTENCE.repeat(Math.ceil((TOKENS * 4) / SENTENCE.length)),
  'one line of 1 MB': 'x'.repeat(MEGABYTE),
  '10,000 list items': times(10_000, (index) => `- item ${index} with *some* text\n`),
  '1,000 code blocks': times(1000, (index) => `\`\`\`js\nconst a${index} = ${index};\n\`\`\`\n\n`),
  '500 nested quotes': `${'> '.repeat(500)}deep\n`,
  '1 MB of nested brackets': '['.repeat(MEGABYTE / 2) + ']'.repeat(MEGABYTE / 2),
  'a table of 5,000 rows': `| a | b |\n|---|---|\n${times(5000, (index) => `| ${index} | *two* |\n`)}`,
  '500 formulas': times(500, (index) => `Formula $\\frac{a}{b_{${index}}}$ and $$x^2$$ there.\n\n`),
  '2,500 definitions': times(
    2500,
    (index) => `See [r${index}].\n\n[r${index}]: https://example.org/${index}\n\n`,
  ),
};

/** The end of every bomb. */
export const LAST_LINE = 'The end of it.';

/** Their texts by their names, each up to its last line. */
export const bombs: Record<string, string> = Object.fromEntries(
  Object.entries(texts).map(([name, text]) => [name, `${text}\n\n`]),
);

/** The service's answer: the bomb and the last line as fast as they are taken, 64 characters a write. */
export function atFullSpeed(bomb: string): Behaviour {
  const pieces = `${bomb}${LAST_LINE}`.match(/[\s\S]{1,64}/gu) ?? [];
  const chunks = pieces.map((piece) => ({ bytes: `data: ${piece.replaceAll('\n', '\\n')}\n` }));
  return { kind: 'raw', chunks };
}

/** Waits until the newest reply has ended and shows its last line. */
export async function waitForEnd(page: Page, timeout: number): Promise<void> {
  // Only the end of the text is looked at: to ask for all of it would cost more than to show it.
  await page.waitForFunction(
    (last) => {
      const reply = document.querySelector('article:last-of-type[data-message-state="done"]');
      const blocks = reply?.querySelectorAll('[data-message-text] p');
      return blocks?.item(blocks.length - 1)?.textContent?.endsWith(last) ?? false;
    },
    { polling: 50, timeout },
    LAST_LINE,
  );
}

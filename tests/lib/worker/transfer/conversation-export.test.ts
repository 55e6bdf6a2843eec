/** One conversation as a file that a person reads. */
import 'fake-indexeddb/auto';
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, Message } from '@/lib/conversation';
import { loadLanguage } from '@/lib/i18n';
import { language } from '@/lib/settings';
import type { ExportFormat } from '@/lib/transfer';
import { languageFiles } from '@/lib/worker/language-files';
import { exportFile } from '@/lib/worker/transfer/export-file';
import { installExtension } from '../../../fake-extension';
import { png } from '../../../fixtures/pictures';
import { conversationOf, pictureModel, prompt, reply } from '../../../samples';
import {
  clearDatabase,
  databaseSources,
  readDatabase,
  restore,
  storeConversation,
  storeImage,
  watch,
} from '../../../transfer-files';

let image: Awaited<ReturnType<typeof storeImage>>;

beforeEach(async () => {
  installExtension();
  await language.setValue('en');
  await clearDatabase();
  image = await storeImage(png, 'image/png');
});

const sources = (conversation: Conversation) => ({
  ...databaseSources,
  findConversation: (id: string) =>
    Promise.resolve(id === conversation.id ? conversation : undefined),
});

async function exported(conversation: Conversation, format: ExportFormat) {
  const request = { type: 'export-conversation', id: 'x', conversationId: 'c', format } as const;
  return exportFile(request, sources(conversation), watch());
}

const textOfFile = async (...[conversation, format]: Parameters<typeof exported>) =>
  (await exported(conversation, format)).blob.text();

const said = (text: string): Pick<Message, 'parts'> => ({ parts: [{ type: 'text', text }] });

/** A conversation with a picture, another version and a message that was deleted. */
function withPicture(): Conversation {
  const messages = [
    prompt('p1', said('Draw it')),
    reply('r1', 'p1', said('the other version')),
    reply('r2', 'p1', {
      model: pictureModel,
      parts: [
        { type: 'text', text: 'Here:' },
        { type: 'image', prompt: 'A [cat]', image },
        { type: 'image', prompt: 'a lost one', image: { ...image, id: 'f'.repeat(64) } },
      ],
    }),
    prompt('p2', { ...said('a secret'), parentId: 'r2', deletedAt: 5 }),
    reply('r3', 'p2', { ...said('Bye'), state: 'stopped' }),
  ];
  return conversationOf(messages, { title: 'A cat: *drawn*' });
}

describe('Markdown', () => {
  it('says who said what, in the branch that is shown', async () => {
    const text = await textOfFile(withPicture(), 'markdown-inline');
    expect(text).toContain('# A cat: \\*drawn\\*\n');
    expect(text.match(/^## .*$/gmu)).toEqual([
      '## You',
      '## AI-Chats.org: dalle',
      '## AI-Chats.org: gpt-4',
    ]);
    expect(text).toContain('\nDraw it\n');
    expect(text).toContain('\n*This reply is not complete.*\n');
    expect(text).not.toMatch(/the other version|a secret/u);
  });

  it('has its pictures beside it in a zip', async () => {
    const { name, blob } = await exported(withPicture(), 'markdown');
    expect(name).toBe('A-cat-drawn.zip');
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    expect(Object.keys(files)).toEqual(['pictures/A-cat.png', 'A-cat-drawn.md']);
    expect(files['pictures/A-cat.png']).toEqual(png);
    const text = new TextDecoder().decode(files['A-cat-drawn.md']);
    expect(text).toContain('![A \\[cat\\]](<pictures/A-cat.png>)');
    expect(text).toContain('Picture that is no longer stored: a lost one');
  });

  it('is a text alone when there are no pictures', async () => {
    const { name, blob } = await exported(conversationOf([prompt('p')]), 'markdown');
    expect([name, blob.type]).toEqual(['Title.md', 'text/markdown']);
  });

  it('has its pictures in itself when told', async () => {
    const { name, blob } = await exported(withPicture(), 'markdown-inline');
    expect(name).toBe('A-cat-drawn.md');
    const base64 = Buffer.from(png).toString('base64');
    expect(await blob.text()).toContain(`(<data:image/png;base64,${base64}>)`);
  });

  it.each([
    [
      { title: 'A page', url: 'https://example.com/a' },
      '[From “A page”, example.com](<https://example.com/a>)',
    ],
    [{ title: '', url: 'https://example.com/a' }, '[From example.com](<https://example.com/a>)'],
    [{ title: '[x](y)', url: 'javascript:alert(1)' }, 'From “\\[x\\](y)”, javascript:alert(1)'],
  ])('names the page %j', async (source, line) => {
    const text = await textOfFile(conversationOf([prompt('p', { source })]), 'markdown');
    expect(text).toContain(` · ${line}\n`);
  });

  it('is in the language of the interface', async () => {
    await language.setValue('ru');
    await loadLanguage(languageFiles);
    expect(await textOfFile(conversationOf([prompt('p')]), 'markdown')).toContain('## Вы\n');
  });
});

describe('HTML', () => {
  it('is one page that may load and run nothing', async () => {
    const { name, blob } = await exported(withPicture(), 'html');
    const page = await blob.text();
    expect([name, blob.type]).toEqual(['A-cat-drawn.html', 'text/html']);
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    );
    expect(page).toContain(`src="data:image/png;base64,${Buffer.from(png).toString('base64')}"`);
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).not.toMatch(/the other version|a secret/u);
  });

  const hostile = '</title><script>alert(1)</script><img src=x onerror=alert(1)>';

  it.each<[string, Conversation]>([
    ['a title', conversationOf([prompt('p')], { title: hostile })],
    ['a prompt', conversationOf([prompt('p', said(hostile))])],
    ['a reply', conversationOf([prompt('p'), reply('r', 'p', said(hostile))])],
    ['a paragraph of a reply', conversationOf([reply('r', '', said(`a ${hostile} b`))])],
    [
      'code',
      conversationOf([
        reply('r', '', said(`\`${hostile}\`\n\n\`\`\`${hostile}\n${hostile}\n\`\`\``)),
      ]),
    ],
    ['a table', conversationOf([reply('r', '', said(`| a |\n| - |\n| ${hostile} |`))])],
    ['a footnote', conversationOf([reply('r', '', said(`a[^1]\n\n[^1]: ${hostile}`))])],
    ['a model', conversationOf([reply('r', '', { model: { provider: hostile, model: hostile } })])],
    ['a page', conversationOf([prompt('p', { source: { title: hostile, url: `"${hostile}` } })])],
    [
      'a picture',
      conversationOf([
        reply('r', '', { parts: [{ type: 'image', prompt: `"${hostile}`, image: null }] }),
      ]),
    ],
  ])('shows HTML in %s as text', async (_, conversation) => {
    const page = await textOfFile(conversation, 'html');
    expect(page).not.toMatch(/<script|<img|<\/title>.*<\/title>/su);
    expect(page).toMatch(/&(?:lt|#x3C);script>|&lt;script&gt;/u);
  });

  it.each([
    ['[a](javascript:alert(1))', '<span>a</span>'],
    ['[a](data:text/html,x)', '<span>a</span>'],
    ['[a](https://example.com)', '<a href="https://example.com/" rel="noreferrer">a</a>'],
    [
      '<mailto:a@b.example>',
      '<a href="mailto:a@b.example" rel="noreferrer">mailto:a@b.example</a>',
    ],
    [
      '![a](https://example.com/a.png)',
      '<a href="https://example.com/a.png" rel="noreferrer">a</a>',
    ],
    ['![](https://example.com/a.png)', '>Picture from example.com</a>'],
    ['![a](file:///etc/passwd)', '<span>a</span>'],
    ['[a][1]\n\n[1]: vbscript:x', '<span>a</span>'],
    ['[a](https://example.com/"onclick="x)', 'href="https://example.com/%22onclick=%22x"'],
  ])('makes of %s: %s', async (text, html) => {
    const page = await textOfFile(conversationOf([reply('r', '', said(text))]), 'html');
    expect(page).toContain(html);
    expect(page).not.toMatch(/javascript:|vbscript:|<img/u);
  });

  it('has footnotes where they are written', async () => {
    const text = said('a[^1]\n\n[^1]: note');
    const page = await textOfFile(conversationOf([reply('r', '', text)]), 'html');
    expect(page).toContain('<p>a<sup>1</sup></p>\n<div><sup>1</sup><p>note</p></div>');
  });

  it.each([
    ['$x < y$', '<code class="math">$x &#x3C; y$</code>'],
    ['$$\nx\n$$', '<pre><code class="math">$$x$$</code></pre>'],
    ['H<sub>2</sub>O<br>x', 'H<sub>2</sub>O<br>'],
    ['<b>x</b>', '&#x3C;b>x&#x3C;/b>'],
    [
      '<details onclick="x">\n<summary>A < B</summary>\n\n*one*\n\n</details>',
      '<details><summary>A &#x3C; B</summary><p><em>one</em></p></details>',
    ],
  ])('has of %j: %s', async (text, html) => {
    const page = await textOfFile(conversationOf([reply('r', '', said(text))]), 'html');
    expect(page).toContain(html);
  });

  it('shows what is no Markdown as it came', async () => {
    const text = said(`<b>\nx\n</b>\n\n${'*a '.repeat(2000)}`);
    const page = await textOfFile(conversationOf([reply('r', '', text)]), 'html');
    expect(page).toContain('<p>&#x3C;b>\nx\n&#x3C;/b></p>');
    expect(page).toContain('*a *a *a');
  });
});

describe('JSON', () => {
  it('has all versions and pictures, and can be imported again', async () => {
    await storeConversation(withPicture());
    const { name, blob } = await exported(withPicture(), 'json');
    expect(name).toBe('A-cat-drawn.json');
    const before = await readDatabase();
    await clearDatabase();
    expect(await restore(blob)).toEqual({ added: 1, merged: 0, skipped: 0 });
    const after = await readDatabase();
    expect(after.conversations).toEqual(before.conversations);
    expect(after.blobs).toEqual(before.blobs);
    expect(after.messages).toEqual(before.messages);
    // What was deleted has its place, and is empty.
    expect(after.parts).toEqual(before.parts.filter(({ messageId }) => messageId !== 'p2'));
  });
});

describe('a file name', () => {
  it.each([
    ['../../etc/passwd', 'etc-passwd.json'],
    ['CON', 'CON-.json'],
    ['  ', 'Conversation.json'],
    ['a\u202Egpj.exe', 'a-gpj-exe.json'],
    ['Кот', 'Кот.json'],
    ['x'.repeat(10_000), `${'x'.repeat(60)}.json`],
  ])('of %j is %s', async (title, name) => {
    expect((await exported(conversationOf([], { title }), 'json')).name).toBe(name);
  });
});

it('a conversation that is not there is said to be not there', async () => {
  await expect(exported(conversationOf([], { id: 'other' }), 'json')).rejects.toMatchObject({
    fault: 'not-found',
  });
});

const exportImages = (images: { imageId: string; prompt: string }[]) =>
  exportFile({ type: 'export-images', id: 'x', images }, sources(withPicture()), watch());

describe('pictures', () => {
  it('are files with names of their own in a zip', async () => {
    const { name, blob } = await exportImages([
      ...['A cat', 'a CAT!', ''].map((words) => ({ imageId: image.id, prompt: words })),
      { imageId: 'gone', prompt: 'gone' },
    ]);
    expect(name).toMatch(/^Aside pictures \d{4}-\d\d-\d\d\.zip$/u);
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    expect(Object.keys(files)).toEqual(['A-cat.png', 'a-CAT-2.png', 'picture.png']);
    expect(files['a-CAT-2.png']).toEqual(png);
  });

  it('of which none is left are said to be not there', async () => {
    const gone = exportImages([{ imageId: 'gone', prompt: '' }]);
    await expect(gone).rejects.toMatchObject({ fault: 'not-found' });
  });
});

it.each([
  [undefined, /^Aside backup \d{4}-\d\d-\d\d\.zip$/u],
  ['secret', /^Aside backup \d{4}-\d\d-\d\d\.aside$/u],
])('a backup with the passphrase %j is named %s', async (passphrase, name) => {
  const request = { type: 'export-all', id: 'x', ...(passphrase && { passphrase }) } as const;
  expect((await exportFile(request, sources(withPicture()), watch())).name).toMatch(name);
});

import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadLanguage } from '@/lib/i18n';
import { language } from '@/lib/settings';
import type { ExportFormat } from '@/lib/transfer';
import { languageFiles } from '@/lib/worker/language-files';
import { exportFile } from '@/lib/worker/transfer/export-file';
import { installExtension } from '../../../fake-extension';
import { conversationOf, prompt, reply } from '../../../samples';
import { databaseSources, watch } from '../../../transfer-files';

beforeEach(async () => {
  installExtension();
  await language.setValue('en');
  await loadLanguage(languageFiles);
});

const thoughtful = conversationOf([
  prompt('p'),
  reply('r', 'p', {
    parts: [
      { type: 'reasoning', text: '<b>Hm</b>, *so*', startedAt: 1, endedAt: 2 },
      { type: 'reasoning', text: '', startedAt: 3, endedAt: 4 },
      { type: 'text', text: 'Because.' },
    ],
  }),
]);

async function textOfFile(format: ExportFormat): Promise<string> {
  const { blob } = await exportFile(
    { type: 'export-conversation', id: 'x', conversationId: 'c', format },
    { ...databaseSources, findConversation: () => Promise.resolve(thoughtful) },
    watch(),
  );
  return blob.text();
}

describe('what a model thought', () => {
  it('is folded in HTML', async () => {
    const page = await textOfFile('html');
    expect(page.match(/<details>[^]*<\/details>/u)?.[0]).toBe(
      '<details><summary>Thoughts</summary><div dir="auto"><p>&#x3C;b>Hm&#x3C;/b>, <em>so</em></p></div>\n</details>',
    );
    expect(page.split('<details>')).toHaveLength(2);
  });

  it('is left out of Markdown', async () => {
    const text = await textOfFile('markdown');
    expect(text).not.toContain('Hm');
    expect(text.endsWith('\n\nBecause.\n')).toBe(true);
  });
});

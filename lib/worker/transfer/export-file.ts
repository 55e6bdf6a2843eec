/** An export: what was asked for, as a file with a name. */
import { safeName } from '../../image-file-name';
import { loadLanguage, t } from '../../i18n';
import type { TransferRequest } from '../../transfer';
import { languageFiles } from '../language-files';
import { writeBackup, type BackupSources } from './backup-export';
import { BlobWriter, type Watch } from './bytes';
import { shownConversation } from './conversation-text';
import { encryptingWriter } from './encryption';
import { exportHtml } from './html-export';
import { writeImages } from './image-export';
import { exportJson } from './json-export';
import { exportMarkdown } from './markdown-export';
import { TransferError } from './transfer-error';

export interface ExportedFile {
  name: string;
  blob: Blob;
}

/** Throws `not-found` for a conversation that is not there, `too-large` for more than a zip can hold. */
export async function exportFile(
  request: Exclude<TransferRequest, { type: 'import' }>,
  sources: BackupSources,
  watch: Watch,
): Promise<ExportedFile> {
  await loadLanguage(languageFiles);
  const day = new Date().toLocaleDateString('sv');
  switch (request.type) {
    case 'export-conversation':
      return exportConversation(request, sources);
    case 'export-images': {
      const writer = new BlobWriter();
      await writeImages(writer, request.images, sources.readImage, watch);
      return {
        name: `${t('exportImagesName')} ${day}.zip`,
        blob: writer.toBlob('application/zip'),
      };
    }
    case 'export-all': {
      const writer = new BlobWriter();
      const { passphrase } = request;
      const to = passphrase ? await encryptingWriter(passphrase, writer) : writer;
      await writeBackup(to, sources, watch);
      const [end, type] = passphrase
        ? ['aside', 'application/octet-stream']
        : ['zip', 'application/zip'];
      return { name: `${t('exportBackupName')} ${day}.${end}`, blob: writer.toBlob(type) };
    }
  }
}

async function exportConversation(
  { conversationId, format }: TransferRequest & { type: 'export-conversation' },
  { findConversation, readImage }: BackupSources,
): Promise<ExportedFile> {
  const conversation = await findConversation(conversationId);
  if (!conversation) throw new TransferError('not-found');
  const name = safeName(conversation.title) || t('conversation');
  switch (format) {
    case 'json':
      return { name: `${name}.json`, blob: await exportJson(conversation, readImage) };
    case 'html':
      return {
        name: `${name}.html`,
        blob: await exportHtml(shownConversation(conversation), readImage),
      };
    case 'markdown':
    case 'markdown-inline': {
      const shown = shownConversation(conversation);
      const { end, blob } = await exportMarkdown(shown, readImage, format === 'markdown-inline');
      return { name: `${name}.${end}`, blob };
    }
  }
}

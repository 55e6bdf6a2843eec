import type { Part } from '../../conversation';
import { t } from '../../i18n';
import { imageFileName, safeName } from '../../image-file-name';
import { toBase64 } from '../../stream/base64';
import { BlobWriter } from './bytes';
import type { ShownConversation, ShownMessage } from './conversation-text';
import { uniqueNames, type ImageReader } from './image-export';
import { ZipWriter } from './zip-writer';

/**
 * The conversation as Markdown: a text, or with pictures a zip of the text and them; `isInline` puts
 * them into the text as `data:` addresses.
 */
export async function exportMarkdown(
  conversation: ShownConversation,
  readImage: ImageReader,
  isInline: boolean,
): Promise<{ end: 'md' | 'zip'; blob: Blob }> {
  const writer = new BlobWriter();
  const zip = new ZipWriter(writer);
  const nameOf = uniqueNames();
  let hasFiles = false;
  const addImage = async (prompt: string, image: Blob): Promise<string> => {
    const bytes = new Uint8Array(await image.arrayBuffer());
    if (isInline) return `data:${image.type};base64,${toBase64(bytes)}`;
    const path = `pictures/${nameOf(imageFileName(prompt, image.type))}`;
    hasFiles = true;
    await zip.addFile(path, bytes);
    return path;
  };
  const texts: BlobPart[] = [`# ${escaped(conversation.title)}\n`];
  for (const message of conversation.messages) {
    texts.push(headOf(message));
    for (const part of message.parts)
      texts.push(new Blob([await partText(part, readImage, addImage)]));
    if (message.isIncomplete) texts.push(`\n*${t('exportIncomplete')}*\n`);
  }
  const text = new Blob(texts, { type: 'text/markdown' });
  if (!hasFiles) return { end: 'md', blob: text };
  const name = `${safeName(conversation.title) || t('conversation')}.md`;
  await zip.addFile(name, new Uint8Array(await text.arrayBuffer()));
  await zip.finish();
  return { end: 'zip', blob: writer.toBlob('application/zip') };
}

function headOf({ author, date, source }: ShownMessage): string {
  const link = source?.url
    ? `[${escaped(source.text)}](<${source.url}>)`
    : escaped(source?.text ?? '');
  return `\n## ${escaped(author)}\n\n${[escaped(date), link].filter(Boolean).join(' · ')}\n`;
}

async function partText(
  part: Part,
  readImage: ImageReader,
  addImage: (prompt: string, image: Blob) => Promise<string>,
): Promise<string> {
  if (part.type === 'text') return `\n${part.text}\n`;
  if (part.type === 'reasoning') return '';
  const image = part.image && (await readImage(part.image.id));
  if (!image) return `\n${escaped(t('exportImageMissing', { prompt: part.prompt }))}\n`;
  return `\n![${escaped(part.prompt)}](<${await addImage(part.prompt, image)}>)\n`;
}

/** Words of ours and names, which are no Markdown, on one line. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\`*_{}[\]<>#|!~&]/gu, (sign) => `\\${sign}`);
}

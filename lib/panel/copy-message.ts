import { copied } from './copy-selection';

/** Puts the text of a message, as it reads, on the clipboard. */
export function copyAsText(article: Element): Promise<void> {
  return navigator.clipboard.writeText(copied(article).text);
}

/** Puts it there with its headings, lists, tables and links. */
export function copyAsRichText(article: Element): Promise<void> {
  const { text, html } = copied(article);
  const forms = { 'text/html': html, 'text/plain': text };
  return navigator.clipboard.write([new ClipboardItem(forms)]);
}

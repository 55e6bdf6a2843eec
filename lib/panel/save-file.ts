/** The browser reads the file by its address a while after the click. */
const REVOKE_AFTER = 60_000;

/** Puts a file among the downloads, by a link, so that no permission is needed. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER);
}

/**
 * The contract of exports and imports. A page opens a port for one transfer and posts what it wants;
 * the worker posts how far it is. Files do not fit through a port: they cross as `Blob`s, by
 * reference, on a `BroadcastChannel` of the same name as the transfer's id. Closing the port cancels.
 */
export const TRANSFER_PORT = 'transfer';

export type ExportFormat =
  /** Text with the pictures beside it, in a zip; without pictures the text alone. */
  | 'markdown'
  /** One file, the pictures inside. */
  | 'markdown-inline'
  | 'html'
  | 'json';

/** What a page asks of a transfer, once, first. */
export type TransferRequest =
  | { type: 'export-conversation'; id: string; conversationId: string; format: ExportFormat }
  /** Pictures as files in a zip, by image id. */
  | { type: 'export-images'; id: string; images: { imageId: string; prompt: string }[] }
  /** Everything; with a passphrase, encrypted. */
  | { type: 'export-all'; id: string; passphrase?: string }
  /** The page then posts the file on the channel, after `ready`. */
  | { type: 'import'; id: string; passphrase?: string };

export type TransferFault =
  /** No passphrase was given, or a wrong one. */
  | 'passphrase'
  /** No format that Aside knows. */
  | 'unknown-format'
  /** Of a known format and damaged; `where` says at which entry and line. */
  | 'damaged'
  /** Bigger than it may be, or a bomb. */
  | 'too-large'
  | 'storage-full'
  | 'not-found'
  | 'unexpected';

/** What the worker posts. */
export type TransferMessage =
  | { type: 'ready' }
  /** Counts of conversations, pictures or bytes, whatever the transfer counts in. */
  | { type: 'progress'; done: number; total: number }
  /** The file is on the channel. */
  | { type: 'file'; name: string }
  | { type: 'imported'; added: number; merged: number; skipped: number }
  | { type: 'failed'; fault: TransferFault; where?: string };

/** The page's end of exports and imports: what comes is saved, what is chosen is handed over. */
import { browser } from 'wxt/browser';
import type { MessageKey } from '../i18n';
import {
  TRANSFER_PORT,
  type TransferFault,
  type TransferMessage,
  type TransferRequest,
} from '../transfer';
import { saveFile } from './save-file';

type WithoutId<Request> = Request extends TransferRequest ? Omit<Request, 'id'> : never;

export type ExportRequest = WithoutId<Exclude<TransferRequest, { type: 'import' }>>;

/** `done` of `total`, of what does not matter: a share is all that is shown. */
export type ProgressListener = (done: number, total: number) => void;

/** How a transfer ended. Nothing is thrown. */
export type TransferResult =
  | { type: 'exported'; name: string }
  | Extract<TransferMessage, { type: 'imported' | 'failed' }>
  | { type: 'cancelled' };

export interface Transfer {
  done: Promise<TransferResult>;
  /** Ends it; what an import had added is taken back. */
  cancel: () => void;
}

/** What went wrong, in a sentence. */
export const faultTexts: Record<TransferFault, MessageKey> = {
  passphrase: 'transferPassphrase',
  'unknown-format': 'transferUnknownFormat',
  damaged: 'transferDamaged',
  'too-large': 'transferTooLarge',
  'storage-full': 'transferStorageFull',
  'not-found': 'transferNotFound',
  unexpected: 'transferUnexpected',
};

/** Exports, and saves the file among the downloads. */
export function exportFile(request: ExportRequest, onProgress: ProgressListener): Transfer {
  return run({ ...request, id: crypto.randomUUID() }, undefined, onProgress);
}

/** Imports a file; an empty passphrase is none. */
export function importFile(file: File, passphrase: string, onProgress: ProgressListener): Transfer {
  const id = crypto.randomUUID();
  return run({ type: 'import', id, ...(passphrase && { passphrase }) }, file, onProgress);
}

function run(
  request: TransferRequest,
  file: File | undefined,
  onProgress: ProgressListener,
): Transfer {
  const { promise, resolve } = Promise.withResolvers<TransferResult>();
  const channel = new BroadcastChannel(request.id);
  const port = browser.runtime.connect({ name: TRANSFER_PORT });
  const end = (result: TransferResult) => {
    resolve(result);
    channel.close();
    port.disconnect();
  };
  // The file and its name come on two ways, the one or the other first.
  const content = Promise.withResolvers<Blob>();
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Blob) content.resolve(data);
  });
  const finish = async (name: string) => {
    saveFile(await content.promise, name);
    end({ type: 'exported', name });
  };
  port.onMessage.addListener((message: TransferMessage) => {
    switch (message.type) {
      case 'ready':
        return channel.postMessage(file);
      case 'progress':
        return onProgress(message.done, message.total);
      case 'file':
        return void finish(message.name);
      case 'imported':
      case 'failed':
        return end(message);
    }
  });
  port.onDisconnect.addListener(() => {
    // Has to be read, or the browser complains.
    void browser.runtime.lastError;
    end({ type: 'failed', fault: 'unexpected' });
  });
  port.postMessage(request);
  return { done: promise, cancel: () => end({ type: 'cancelled' }) };
}

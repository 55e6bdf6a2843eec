/** Exports and imports: one port each, from the page's request to the file or the outcome. */
import { browser, type Browser } from 'wxt/browser';
import { TRANSFER_PORT, type TransferMessage, type TransferRequest } from '../transfer';
import { keepAlive } from './keep-alive';
import { isOwnPage } from './own-page';
import type { BackupSources } from './transfer/backup-export';
import { exportFile } from './transfer/export-file';
import { importFile } from './transfer/import-file';
import { TransferError } from './transfer/transfer-error';

/** What transfers need of the rest of the worker. */
export interface TransferSources extends BackupSources {
  /** Told after an import, with the conversations that are new or have got messages. */
  onImported: (conversationIds: string[]) => Promise<void>;
}

const PROGRESS_EVERY = 100;

export function acceptTransfers(sources: TransferSources): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== TRANSFER_PORT) return;
    if (!port.sender || !isOwnPage(port.sender)) {
      port.disconnect();
      return;
    }
    const life = new AbortController();
    port.onDisconnect.addListener(() => life.abort());
    const listen = (request: TransferRequest) => {
      port.onMessage.removeListener(listen);
      void serve(port, request, sources, life.signal);
    };
    port.onMessage.addListener(listen);
  });
}

async function serve(
  port: Browser.runtime.Port,
  request: TransferRequest,
  sources: TransferSources,
  signal: AbortSignal,
): Promise<void> {
  const letGo = keepAlive();
  const channel = new BroadcastChannel(request.id);
  const post = (message: TransferMessage) => {
    if (!signal.aborted) port.postMessage(message);
  };
  const watch = { signal, onProgress: progressPoster(post) };
  try {
    if (request.type === 'import') {
      const file = awaitFile(channel, signal);
      post({ type: 'ready' });
      const { added, merged, skipped } = await importFile(await file, request.passphrase, watch);
      await sources.onImported([...added, ...merged]);
      post({ type: 'imported', added: added.length, merged: merged.length, skipped });
    } else {
      const { name, blob } = await exportFile(request, sources, watch);
      channel.postMessage(blob);
      post({ type: 'file', name });
    }
  } catch (error) {
    post({ type: 'failed', ...faultOf(error) });
  } finally {
    letGo();
    channel.close();
  }
}

/** The file that the page posts; a page that goes away first ends the wait. */
function awaitFile(channel: BroadcastChannel, signal: AbortSignal): Promise<Blob> {
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  signal.addEventListener('abort', () => reject(new TransferError('unexpected')));
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Blob) resolve(data);
  });
  return promise;
}

/** Posts how far it is, ten times a second at most. */
function progressPoster(post: (message: TransferMessage) => void) {
  let last = -Infinity;
  return (done: number, total: number) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY) return;
    last = now;
    post({ type: 'progress', done, total });
  };
}

function faultOf(error: unknown): Pick<TransferMessage & { type: 'failed' }, 'fault' | 'where'> {
  if (!(error instanceof TransferError)) {
    return { fault: 'unexpected', where: String(error).slice(0, 500) };
  }
  return { fault: error.fault, ...(error.where !== undefined && { where: error.where }) };
}

/** The export that is under way in this page: one at a time, started from anywhere in the panel. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ExportFormat } from '../transfer';
import { exportFile, type ExportRequest, type Transfer, type TransferResult } from './transfer';

export interface ExportState {
  /** Null while none runs. */
  running: Transfer | null;
  /** From 0 to 1; null while nobody knows. */
  share: number | null;
  /** What kept the last one from its end; null when nothing did. */
  failure: TransferResult | null;
}

const idle: ExportState = { running: null, share: null, failure: null };

export const exportStore = createStore<ExportState>(() => idle);

export function useExport<T>(select: (state: ExportState) => T): T {
  return useStore(exportStore, select);
}

/** Saves one conversation among the downloads. */
export function exportConversation(conversationId: string, format: ExportFormat): void {
  start({ type: 'export-conversation', conversationId, format });
}

/** Saves pictures among the downloads, in a zip. */
export function exportImages(images: { imageId: string; prompt: string }[]): void {
  start({ type: 'export-images', images });
}

/** What was told of the last export has been read. */
export function dismissExport(): void {
  exportStore.setState(idle);
}

function start(request: ExportRequest): void {
  exportStore.getState().running?.cancel();
  const running = exportFile(request, (done, total) => {
    exportStore.setState({ share: total > 0 ? done / total : null });
  });
  exportStore.setState({ ...idle, running });
  void tellEnd(running);
}

async function tellEnd(transfer: Transfer): Promise<void> {
  const result = await transfer.done;
  // Another one has taken its place.
  if (exportStore.getState().running !== transfer) return;
  exportStore.setState({ ...idle, failure: result.type === 'failed' ? result : null });
}

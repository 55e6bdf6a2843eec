import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Bytes, ByteWriter } from './bytes';
import { TransferError } from './transfer-error';

/** What the plain form of the format can hold: 32 bits of size, 16 of entries. */
const SIZE_LIMIT = 2 ** 32 - 1;
const ENTRY_LIMIT = 2 ** 16 - 1;

/** Writes a zip as it grows. Throws `too-large` for more than the format can hold. */
export class ZipWriter {
  readonly #zip: Zip;
  readonly #to: ByteWriter;
  #ready: Bytes[] = [];
  #size = 0;
  #entries = 0;

  constructor(to: ByteWriter) {
    this.#to = to;
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#ready.push(new Uint8Array(bytes));
    });
  }

  /**
   * An entry of text that is compressed as it comes. Of two that are open, the first is written and
   * the other's compressed bytes wait.
   */
  openText(name: string): { add(text: string): Promise<void>; close(): Promise<void> } {
    const entry = new ZipDeflate(name, { level: 6 });
    const encoder = new TextEncoder();
    this.#add(entry);
    return {
      add: (text) => {
        entry.push(encoder.encode(text));
        return this.#drain();
      },
      close: () => {
        entry.push(new Uint8Array(), true);
        return this.#drain();
      },
    };
  }

  /** An entry as it stands: pictures are compressed already. */
  addFile(name: string, bytes: Bytes): Promise<void> {
    const entry = new ZipPassThrough(name);
    this.#add(entry);
    entry.push(bytes, true);
    return this.#drain();
  }

  async addText(name: string, text: string): Promise<void> {
    const entry = this.openText(name);
    await entry.add(text);
    await entry.close();
  }

  async finish(): Promise<void> {
    this.#zip.end();
    await this.#drain();
    await this.#to.finish();
  }

  #add(entry: ZipDeflate | ZipPassThrough): void {
    this.#entries += 1;
    if (this.#entries > ENTRY_LIMIT) throw new TransferError('too-large');
    this.#zip.add(entry);
  }

  async #drain(): Promise<void> {
    const ready = this.#ready;
    this.#ready = [];
    for (const bytes of ready) {
      this.#size += bytes.length;
      if (this.#size > SIZE_LIMIT) throw new TransferError('too-large');
      await this.#to.write(bytes);
    }
  }
}

import type { Bytes } from './bytes';
import { TransferError } from './transfer-error';

/** The text of these bytes in pieces. Throws `damaged` for what is no UTF-8. */
export async function* textOfBytes(
  pieces: AsyncIterable<Bytes>,
  name: string,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Bytes) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (cause) {
      throw new TransferError('damaged', `${name}: text`, { cause });
    }
  };
  for await (const piece of pieces) yield decode(piece);
  yield decode();
}

/** The lines of a text, numbered from 1; each must end in a newline and have at most `limit` characters. */
export async function* linesOf(
  texts: AsyncIterable<string>,
  name: string,
  limit: number,
): AsyncGenerator<{ number: number; text: string }, void, void> {
  let rest = '';
  let number = 0;
  for await (const text of texts) {
    const lines = text.split('\n');
    lines[0] = rest + (lines[0] ?? '');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      if (line.length > limit) throw new TransferError('too-large', `${name}, line ${number}`);
      yield { number, text: line };
    }
    if (rest.length > limit) throw new TransferError('too-large', `${name}, line ${number + 1}`);
  }
  if (rest) throw new TransferError('damaged', `${name}, line ${number + 1}`);
}

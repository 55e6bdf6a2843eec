import type { PictureBehaviour } from './behaviours.ts';
import { pause, sendWhole, untilClosed, write, type Exchange } from './exchange.ts';
import { drawPicture } from './picture.ts';

const PATH = /^\/pictures\/([^?]*)\.png(?:\?|$)/u;
const NOT_SAID = { 'content-type': 'application/octet-stream' };

/** Answers one GET at the image host. It never sends a CORS header, like the real one. */
export async function performPicture(
  behaviour: PictureBehaviour,
  exchange: Exchange,
): Promise<void> {
  switch (behaviour.kind) {
    case 'default':
      return sendPicture(exchange);
    case 'bytes':
      return sendWhole(exchange, 200, { 'content-type': behaviour.contentType }, behaviour.bytes);
    case 'status':
      return sendWhole(exchange, behaviour.status, behaviour.headers ?? {}, behaviour.body ?? '');
    case 'html':
      return sendWhole(
        exchange,
        200,
        { 'content-type': 'text/html' },
        behaviour.body ?? '<!doctype html><title>Not a picture</title><p>Not a picture.</p>',
      );
    case 'gone':
      return sendGone(exchange);
    case 'endless':
      return sendEndless(exchange);
    case 'silent': {
      if (behaviour.headersFirst) {
        exchange.response.writeHead(200, NOT_SAID);
        exchange.response.flushHeaders();
      }
      const released = behaviour.until?.then(() => true);
      const closed = untilClosed(exchange.signal).then(() => false);
      if (await Promise.race([closed, ...(released ? [released] : [])])) sendPicture(exchange);
    }
  }
}

function sendGone(exchange: Exchange): void {
  sendWhole(exchange, 404, { 'content-type': 'application/xml' }, '<Error>BlobNotFound</Error>');
}

function sendPicture(exchange: Exchange): void {
  const name = PATH.exec(exchange.request.path)?.[1];
  if (name === undefined || exchange.request.method !== 'GET') return sendGone(exchange);
  // The type is wrong on purpose: a client has to look at the bytes.
  sendWhole(exchange, 200, NOT_SAID, drawPicture(name));
}

async function sendEndless(exchange: Exchange): Promise<void> {
  exchange.response.writeHead(200, NOT_SAID);
  await write(exchange, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  const block = Buffer.alloc(65_536, 0x2a);
  while (await write(exchange, block)) await pause(0, exchange.signal);
}

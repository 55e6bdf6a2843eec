/**
 * The highlighting thread, a worker of the page's own: a grammar's first line takes up to a second.
 * Nothing but wiring.
 */
import { Colouring } from './colouring';
import type { ThreadRequest } from './thread-messages';

const colouring = new Colouring((answer) => postMessage(answer));

addEventListener('message', ({ data }: MessageEvent<ThreadRequest>) => colouring.receive(data));

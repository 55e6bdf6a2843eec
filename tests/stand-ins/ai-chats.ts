/**
 * A stand-in for AI-Chats.org on 127.0.0.1, for practice and for tests. It speaks the service's
 * protocol as far as that is known, and misbehaves on demand.
 */
import type { Behaviour, PictureBehaviour } from './behaviours.ts';
import { isHuman, performChat } from './chat-behaviour.ts';
import { CHAT_PATH, IMAGE_HOST, sendWhole, type Exchange } from './exchange.ts';
import { performPicture } from './picture-behaviour.ts';
import { sendPassed, sendSite } from './practice-pages.ts';
import { Plan, startServer, type StandIn } from './server.ts';

export type { Behaviour, PictureBehaviour, RawChunk, TextOptions } from './behaviours.ts';
export type { RecordedRequest } from './request-log.ts';
export { CHAT_PATH, IMAGE_HOST } from './exchange.ts';
export { frame } from './frame.ts';
export { stepped, type SteppedText } from './stepped.ts';

/** The site's own host. */
export const SITE_HOST = 'ai-chats.org';

/** How the stand-in is started. */
export interface AiChatsOptions {
  /** Any free port unless told. */
  port?: number;
  /** False for plain http. */
  tls?: boolean;
  /** Silence between the words of the practice answer: 20 ms unless told. */
  gapMs?: number;
  /** Pass the human check by a button on the site's page (as told nothing) or by opening it. */
  humanCheck?: 'button' | 'visit';
}

/** A running stand-in, and what it is told. */
export interface AiChatsStandIn extends StandIn {
  /** What the next POSTs to /chat/send2/ get, one each. */
  answerNext(...behaviours: Behaviour[]): void;
  /** What they get when nothing is queued. */
  answerAlways(behaviour: Behaviour): void;
  /** What the next requests to the image host get, one each. */
  pictureNext(...behaviours: PictureBehaviour[]): void;
  /** What they get when nothing is queued. */
  pictureAlways(behaviour: PictureBehaviour): void;
}

interface Service {
  chat: Plan<Behaviour>;
  picture: Plan<PictureBehaviour>;
  passesByVisit: boolean;
}

async function handle(exchange: Exchange, service: Service): Promise<void> {
  const { host, method, path } = exchange.request;
  const where = path.replace(/\?.*/u, '');
  // Clients that cannot choose their Host header reach both hosts at 127.0.0.1, by the path.
  const isLocal = host === '127.0.0.1' || host === 'localhost';
  if (host === IMAGE_HOST || (isLocal && where.startsWith('/pictures/'))) {
    return performPicture(service.picture.take(), exchange);
  }
  if (!isLocal && host !== SITE_HOST && !host.endsWith(`.${SITE_HOST}`)) {
    return sendWhole(exchange, 421, {}, `No such host here: ${host}`);
  }
  if (method === 'POST' && where === CHAT_PATH) return performChat(service.chat.take(), exchange);
  const secure = exchange.scheme === 'https';
  if (method === 'POST' && where === '/human/') return sendPassed(exchange.response, secure);
  if (method === 'GET' && ['/', '/chat/', '/image/'].includes(where)) {
    const passesNow = service.passesByVisit;
    const known = passesNow || isHuman(exchange);
    return sendSite(exchange.response, { secure, isHuman: known, passesNow });
  }
  sendWhole(exchange, method === 'GET' ? 404 : 405, {}, 'Not found');
}

/** Starts the stand-in on 127.0.0.1. */
export async function startAiChats(options: AiChatsOptions = {}): Promise<AiChatsStandIn> {
  const { port = 0, tls = true, gapMs = 20, humanCheck = 'button' } = options;
  const service: Service = {
    chat: new Plan<Behaviour>({ kind: 'default' }),
    picture: new Plan<PictureBehaviour>({ kind: 'default' }),
    passesByVisit: humanCheck === 'visit',
  };
  const hosts = tls ? [SITE_HOST, `*.${SITE_HOST}`, IMAGE_HOST] : undefined;
  const server = await startServer({ port, hosts, gapMs }, (exchange) => handle(exchange, service));
  return {
    ...server,
    answerNext: (...behaviours) => void service.chat.next.push(...behaviours),
    answerAlways: (behaviour) => void (service.chat.always = behaviour),
    pictureNext: (...behaviours) => void service.picture.next.push(...behaviours),
    pictureAlways: (behaviour) => void (service.picture.always = behaviour),
  };
}

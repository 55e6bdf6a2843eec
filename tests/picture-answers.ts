/** Recorded answers to requests for pictures, and a context that gives them. */
import type { ImageModelV4CallOptions } from '@ai-sdk/provider';
import type { ProviderContext } from '@/lib/provider';
import { bodyOf, bytesOf, type BodyOptions } from './fake-body';
import { pictureOf } from './fake-context';
import { png } from './fixtures/pictures';
import { recordedAnswers, type RecordedAnswer } from './recorded';

export interface PictureAnswer extends RecordedAnswer {
  /** The public document that the answer follows. */
  source: string;
  /** How many pictures are asked for; one unless told. */
  count?: number;
  /** How many come. */
  images?: number;
  /** Answers to what is asked afterwards, by address. */
  then?: { url: string; body: unknown }[];
  /** Addresses that answer with a picture. */
  pictures?: string[];
}

export interface Asked {
  url: string;
  init: RequestInit;
}

export function pictureAnswers(folder: string): PictureAnswer[] {
  return recordedAnswers(folder).map((answer) => {
    if (!isPictureAnswer(answer)) throw new Error(`${folder}/${answer.name} names no source`);
    return answer;
  });
}

function isPictureAnswer(answer: RecordedAnswer): answer is PictureAnswer {
  return 'source' in answer && typeof answer.source === 'string';
}

/** What is asked for, so many pictures of a cat unless told. */
export function drawing(changes: Partial<ImageModelV4CallOptions> = {}): ImageModelV4CallOptions {
  return { ...pictureOf('cat'), ...changes };
}

/** Gives the recorded answer, then what belongs to it; `asked` tells what was sent. */
export function answering(
  answer: PictureAnswer,
  address: string,
  { key = 'test-key', ...options }: BodyOptions & { key?: string } = {},
) {
  const asked: Asked[] = [];
  const context: ProviderContext = {
    settings: { address },
    key,
    fetch(url, init) {
      init.signal?.throwIfAborted();
      asked.push({ url, init });
      const next = answer.then?.find((one) => one.url === url);
      const isPicture = answer.pictures?.includes(url);
      const content = isPicture ? png : next ? bytesOf(JSON.stringify(next.body)) : answer.body;
      const isMain = !isPicture && !next;
      const body = bodyOf(content, {
        ...options,
        signal: init.signal,
        ...(isMain && answer.isCut && { brokenBy: new TypeError('terminated') }),
      });
      const { status, headers } = isMain ? answer : { status: 200, headers: {} };
      return Promise.resolve(new Response(body.stream, { status, headers }));
    },
  };
  return { context, asked };
}

/** The body of a request as JSON, as multipart fields, or null for none. */
export async function sentIn({ init: { body } }: Asked): Promise<unknown> {
  if (typeof body === 'string') return JSON.parse(body);
  if (!(body instanceof FormData)) return null;
  const fields = [...body].map(async ([name, value]) => [
    name,
    typeof value === 'string' ? value : [value.type, (await value.bytes()).length],
  ]);
  return Object.fromEntries(await Promise.all(fields));
}

/**
 * AI-Chats.org: free chat and pictures without a key. The service publishes no API document; what
 * is known of its protocol is in ARCHITECTURE.md, and every answer is treated as untrusted.
 */
import type {
  ImageModelV4,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { ProviderError, type ErrorKind } from '../errors';
import type { Provider, ProviderContext, ProviderDescription } from '../provider';
import { readLines } from '../stream/lines';
import { downloadImage, readBytes } from '../stream/image';
import { toReadableStream } from '../stream/readable';
import { readStart, secondsToWait } from '../stream/refusal';

const description: ProviderDescription = {
  id: 'ai-chats',
  name: 'AI-Chats.org',
  kind: 'free',
  homePage: '/chat/',
  models: [
    { id: 'gpt-4', output: 'text', takes: [] },
    { id: 'dalle', output: 'image' },
  ],
  hosts: [
    'https://ai-chats.org/*',
    'https://*.ai-chats.org/*',
    'https://oaidalleapiprodscus.blob.core.windows.net/*',
  ],
  usesCookies: true,
  fields: [{ id: 'address', default: 'https://ai-chats.org' }],
  headerRules: [
    { path: '/chat/send2/', referer: '/chat/' },
    { path: '/chat/send2/#image', referer: '/image/' },
  ],
};

/** Characters of a stream, framing included: one without an end must not fill the memory. */
const REPLY_LIMIT = 2_000_000;
const JSON_LIMIT = 100_000;
const UNKNOWN_USAGE = {
  inputTokens: {
    total: undefined,
    noCache: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
  },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};
const STOP = { unified: 'stop', raw: undefined } as const;

export const aiChats: Provider = {
  description,

  languageModel(modelId, context): LanguageModelV4 {
    return {
      specificationVersion: 'v4',
      provider: description.id,
      modelId,
      supportedUrls: {},
      async doStream(options) {
        const body = await send(context, 'chat', toPrompt(options.prompt), options.abortSignal);
        return { stream: toReadableStream(streamParts(body)) };
      },
      async doGenerate(options: LanguageModelV4CallOptions) {
        const body = await send(context, 'chat', toPrompt(options.prompt), options.abortSignal);
        let text = '';
        for await (const piece of readReply(body)) text += piece;
        return {
          content: [{ type: 'text', text }],
          finishReason: STOP,
          usage: UNKNOWN_USAGE,
          warnings: [],
        };
      },
    };
  },

  imageModel(modelId, context): ImageModelV4 {
    return {
      specificationVersion: 'v4',
      provider: description.id,
      modelId,
      maxImagesPerCall: 1,
      async doGenerate({ prompt = '', abortSignal }) {
        const timestamp = new Date();
        const body = await send(context, 'image', prompt, abortSignal);
        const url = readImageUrl(await readBytes(body, JSON_LIMIT));
        const image = await downloadImage(context.fetch, url, abortSignal);
        return {
          images: [image],
          warnings: [],
          response: { timestamp, modelId, headers: undefined },
        };
      },
    };
  },
};

/** One message goes as it stands; more become a transcript, since the service takes one text. */
export function toPrompt(prompt: LanguageModelV4Prompt): string {
  const messages = prompt
    .map(({ role, content }) => ({
      role: role.charAt(0).toUpperCase() + role.slice(1),
      text: typeof content === 'string' ? content : content.map(partText).join(''),
    }))
    .filter(({ text }) => text.trim());
  if (messages.length === 1) return messages[0]?.text ?? '';
  return [...messages.map(({ role, text }) => `${role}: ${text}`), 'Assistant:'].join('\n');
}

function partText(part: { type: string; text?: string }): string {
  return part.type === 'text' ? (part.text ?? '') : '';
}

/** Posts the prompt; gives the body of a proper answer and throws for an answer that is none. */
async function send(
  { fetch, settings }: ProviderContext,
  type: 'chat' | 'image',
  prompt: string,
  signal: AbortSignal | undefined,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  // The fragment lets a header rule tell pictures from chat; it never leaves the browser.
  const path = type === 'image' ? '/chat/send2/#image' : '/chat/send2/';
  const response = await fetch(settings['address'] + path, {
    method: 'POST',
    credentials: 'include',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'cache-control': 'no-cache',
      pragma: 'no-cache',
    },
    body: JSON.stringify({
      type,
      messagesHistory: [{ id: crypto.randomUUID(), from: 'you', content: prompt }],
    }),
    ...(signal && { signal }),
  });
  if (response.ok && response.body) return response.body;
  throw await refusal(response);
}

/** The error that an answer with a status of failure stands for. */
async function refusal({ status, headers, body }: Response): Promise<ProviderError> {
  const start = body ? await readStart(body) : '';
  const retryAfter = secondsToWait(headers.get('retry-after'), headers.get('date'));
  const kind = kindOf(status, isHtml(start));
  return new ProviderError({
    kind,
    status,
    detail: start,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

function kindOf(status: number, isPage: boolean): ErrorKind {
  // Browsers show a redirect as status 0. An answer elsewhere can only be a page for a person.
  if (status === 0 || (status >= 300 && status < 400)) return 'human-check';
  if (isPage && (status === 403 || status === 503)) return 'human-check';
  if (status === 429) return 'quota';
  if (status >= 500) return 'server-fault';
  return status < 300 ? 'empty-reply' : 'refused';
}

async function* streamParts(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<LanguageModelV4StreamPart, void, void> {
  const id = '0';
  yield { type: 'stream-start', warnings: [] };
  yield { type: 'text-start', id };
  try {
    for await (const delta of readReply(body)) yield { type: 'text-delta', id, delta };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    yield { type: 'error', error };
    return;
  }
  yield { type: 'text-end', id };
  yield { type: 'finish', finishReason: STOP, usage: UNKNOWN_USAGE };
}

/** The reply's text as it arrives, without white space at its start and its end. */
async function* readReply(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, void, void> {
  let hasText = false;
  // White space is held back until text follows it: it may be the end of the whole message.
  let held = '';
  for await (const { text, isLimit } of readPieces(body)) {
    const whole = hasText ? held + text : text.trimStart();
    const solid = whole.trimEnd();
    held = whole.slice(solid.length);
    if (solid) {
      hasText = true;
      yield solid;
    }
    if (isLimit) throw new ProviderError({ kind: 'quota' });
  }
  if (!hasText) throw new ProviderError({ kind: 'empty-reply' });
}

/** Joins the `data: ` lines of each chunk. A web page in place of a stream is the human check. */
async function* readPieces(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let isStart = true;
  for await (const lines of readLines(body, REPLY_LIMIT)) {
    let text = '';
    for (const line of lines) {
      if (isStart && line.trim()) {
        if (isHtml(line)) throw new ProviderError({ kind: 'human-check', detail: line });
        isStart = false;
      }
      if (line === 'data:  trylimit') {
        yield { text, isLimit: true };
        return;
      }
      if (line.startsWith('data: ')) text += line.slice(6).replaceAll('\\n', '\n');
    }
    yield { text, isLimit: false };
  }
}

function readImageUrl(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (isHtml(text)) throw new ProviderError({ kind: 'human-check', detail: text });
  const url = parseJson(text)?.data?.[0]?.url;
  if (typeof url !== 'string') throw new ProviderError({ kind: 'bad-reply', detail: text });
  return url;
}

function parseJson(text: string): { data?: { url?: unknown }[] } | null {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError({ kind: 'bad-reply', detail: text }, { cause: error });
  }
}

/** By what came, not by its content type: the service's own streams may claim to be HTML. */
function isHtml(text: string): boolean {
  return /^\s*<[a-z!]/i.test(text);
}

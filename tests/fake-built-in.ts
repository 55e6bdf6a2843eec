/** The browser's own model, as a test hands it in: it answers with the body of a recorded answer. */
import type { BuiltInModel } from '@/lib/provider';
import { bodyOf, bytesOf, type BodyOptions, type FakeBody } from './fake-body';
import type { RecordedAnswer } from './recorded';

type Answer = Pick<RecordedAnswer, 'body' | 'isCut' | 'thrown'>;

/** `bodies` collects what it streams; `created` the options of its sessions. */
export function fakeBuiltIn(answer: Answer, options: BodyOptions, bodies: FakeBody[]) {
  const created: Parameters<BuiltInModel['create']>[0][] = [];
  const prompts: string[] = [];
  const model: BuiltInModel = {
    availability: () => Promise.resolve('available'),
    create(asked) {
      created.push(asked);
      if (answer.thrown) return Promise.reject(new DOMException('told so', answer.thrown));
      return Promise.resolve({
        promptStreaming(prompt, { signal }) {
          prompts.push(prompt);
          const body = bodyOf(answer.body, {
            ...options,
            signal,
            ...(answer.isCut && { brokenBy: new DOMException('crashed', 'UnknownError') }),
          });
          bodies.push(body);
          return decoded(body.stream);
        },
        destroy: () => undefined,
      });
    },
  };
  return { model, created, prompts };
}

/** One that is not there yet: the test says how far its download has come, and when it is done. */
export function downloadedBuiltIn(text: string) {
  const monitor = new EventTarget();
  const { promise: isDone, resolve } = Promise.withResolvers<void>();
  const { model, created, prompts } = fakeBuiltIn({ body: bytesOf(text) }, {}, []);
  const download: BuiltInModel = {
    availability: () => Promise.resolve('downloadable'),
    async create(options) {
      options.monitor(monitor);
      await Promise.race([isDone, aborted(options.signal)]);
      return model.create(options);
    },
  };
  return {
    model: download,
    created,
    prompts,
    tell: (loaded: number) =>
      monitor.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded })),
    finish: resolve,
  };
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

function decoded(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<string> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(decoder.decode(value, { stream: true }));
    },
    cancel: () => reader.cancel(),
  });
}

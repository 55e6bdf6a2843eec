/**
 * A stream of what the generator yields, pulled one by one, so that an error in it comes after
 * everything that was yielded before (a TransformStream that fails drops what is still queued).
 */
export function toReadableStream<T>(values: AsyncGenerator<T, void, void>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(controller) {
      const { done, value } = await values.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await values.return();
    },
  });
}

/** An event of the extension's API that a test fires. */
export class FakeEvent<Arguments extends unknown[]> {
  readonly #listeners = new Set<(...args: Arguments) => unknown>();

  addListener(listener: (...args: Arguments) => unknown): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: (...args: Arguments) => unknown): void {
    this.#listeners.delete(listener);
  }

  hasListener(listener: (...args: Arguments) => unknown): boolean {
    return this.#listeners.has(listener);
  }

  hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  removeAllListeners(): void {
    this.#listeners.clear();
  }

  /** Calls every listener at once; gives what they return. */
  fire(...args: Arguments): unknown[] {
    return [...this.#listeners].map((listener) => listener(...args));
  }
}

/** When a page takes over what the worker told it: at once after a pause, and never so often that it has no time for the person. */

/** Milliseconds; between two frames on most screens, with room for clocks that do not agree. */
const FRAME = 1000 / 60;
const SLACK = 3;
/** Frames between two commits of a stream that brings several words a frame: nobody reads faster. */
const DENSE_FRAMES = 2;
/** Milliseconds: a page that slept, was hidden or did something else in between was not busy with a commit. */
const MOST_SPACING = 1000;

export class CommitPace {
  /** Takes over what there is; returns how many messages with words that were. */
  readonly #commit: () => number;
  readonly #nextFrame = requestAnimationFrame.bind(globalThis);
  readonly #after = setTimeout.bind(globalThis);
  #isAsked = false;
  #last = -Infinity;
  /** Milliseconds from one commit to the next. */
  #spacing = FRAME;

  constructor(commit: () => number) {
    this.#commit = commit;
  }

  /** There is something to commit. */
  ask(isSeen = true): void {
    // A frame that was asked for does not come while nobody sees the page.
    if (this.#isAsked && isSeen) return;
    if (performance.now() - this.#last < this.#spacing) this.askInFrame();
    else this.#take();
  }

  /** The same, but not before the page draws, which one that nobody sees does not. */
  askInFrame(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    const due = this.#last + this.#spacing - FRAME / 2;
    const wait = this.#spacing > FRAME ? due - performance.now() : 0;
    // A frame that is asked for is drawn, at a cost, also if nothing is done in it.
    if (wait > SLACK) this.#after(() => this.#nextFrame(() => this.#take()), wait);
    else this.#nextFrame(() => this.#take());
  }

  #take(): void {
    this.#isAsked = false;
    const start = performance.now();
    this.#last = start;
    const count = this.#commit();
    // What the commit has cost is known when it is drawn, or at least rendered.
    this.#after(() => this.#space(count, performance.now() - start));
  }

  /** What a commit costs, at least that is left free. */
  #space(count: number, cost: number): void {
    const least = count > 1 ? DENSE_FRAMES * FRAME : FRAME;
    this.#spacing = Math.min(Math.max(least, 2 * cost), MOST_SPACING);
  }
}

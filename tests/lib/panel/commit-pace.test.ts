import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommitPace } from '@/lib/panel/commit-pace';

/** When it was committed, in milliseconds. */
let commits: number[];
let waiting: number;
/** What a commit costs, in milliseconds. */
let cost: number;
let pace: CommitPace;
let frames: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
  commits = [];
  waiting = 0;
  cost = 0;
  pace = new CommitPace(() => {
    commits.push(performance.now());
    vi.advanceTimersByTime(cost);
    const count = waiting;
    waiting = 0;
    return count;
  });
  vi.advanceTimersByTime(1000);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Messages so many milliseconds apart for a second, with 60 frames in it. */
function receive(gap: number): void {
  const start = performance.now();
  let [message, frame] = [start, start];
  for (let now = start; now < start + 1000; now = performance.now()) {
    for (; message <= now; message += gap) {
      waiting += 1;
      pace.ask();
    }
    if (frame <= now) {
      frame = now + 1000 / 60;
      for (const draw of frames.splice(0)) draw();
    }
    vi.advanceTimersByTime(1);
  }
}

describe('what the worker told is taken over', () => {
  it('at once after a pause', () => {
    waiting = 1;
    pace.ask();
    expect(commits).toEqual([performance.now()]);
  });

  it('word by word, as long as there are fewer words than frames', () => {
    receive(40);
    expect(commits).toHaveLength(25);
  });

  it('every second frame, when each frame brings several words', () => {
    receive(5);
    expect(commits.length).toBeLessThanOrEqual(31);
    expect(commits.length).toBeGreaterThanOrEqual(25);
  });

  it('so seldom that half the time is free, when it costs much', () => {
    cost = 40;
    receive(5);
    expect(commits.length * cost).toBeLessThanOrEqual(600);
  });

  it('not before the page draws, when nobody sees it', () => {
    pace.askInFrame();
    pace.askInFrame();
    vi.advanceTimersByTime(10_000);
    expect(commits).toEqual([]);
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(commits).toHaveLength(1);
  });
});

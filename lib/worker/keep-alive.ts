import { browser } from 'wxt/browser';

/** The browser ends a worker after 30 seconds in which nothing happens that it counts. */
const EVERY = 20_000;

/** Keeps the worker alive until what it returns is called. */
export function keepAlive(): () => void {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), EVERY);
  return () => clearInterval(timer);
}

import { browser, type Browser } from 'wxt/browser';

/** Whether a message comes from one of Aside's own pages: other extensions and web pages are refused. */
export function isOwnPage(sender: Browser.runtime.MessageSender): boolean {
  const own = browser.runtime.getURL('/');
  return sender.id === browser.runtime.id && (sender.url?.startsWith(own) ?? false);
}

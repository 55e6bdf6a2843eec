import { browser } from 'wxt/browser';

/** Firefox's sidebar, which WXT's types leave out. */
interface SidebarAction {
  open(): Promise<void>;
}

/**
 * Opens the side panel of a window. Must be called within the person's gesture, before any `await`.
 * https://developer.chrome.com/docs/extensions/reference/api/sidePanel#method-open
 */
export function openSidePanel(windowId: number): Promise<void> {
  const { sidebarAction } = browser as typeof browser & { sidebarAction?: SidebarAction };
  return sidebarAction ? sidebarAction.open() : browser.sidePanel.open({ windowId });
}

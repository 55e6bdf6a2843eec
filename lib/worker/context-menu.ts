/** The context menu on a selection, and the shortcut: both open the side panel in the same gesture. */
import { browser, type Browser } from 'wxt/browser';
import { followLanguage, loadLanguage, t, type MessageKey } from '../i18n';
import { openSidePanel } from '../side-panel';
import { languageFiles } from './language-files';
import { modelOfNew } from './models';
import { showInPanel } from './ports';
import { sendPrompt } from './prompts';

/** Characters of a selection that are taken; a longer one is cut, and the message says so. */
export const SELECTION_LIMIT = 32_000;

interface Item {
  title: MessageKey;
  output: 'text' | 'image';
}

const items = new Map<string | number, Item>([
  ['image-from-selection', { title: 'menuImageFromSelection', output: 'image' }],
  ['ask-selection', { title: 'menuAskSelection', output: 'text' }],
]);

export function addContextMenu(): void {
  browser.contextMenus.onClicked.addListener((info, tab) => void answerSelection(info, tab));
  // Menus outlive the worker; the browser's own language may be another after a restart.
  browser.runtime.onInstalled.addListener(renewMenus);
  browser.runtime.onStartup.addListener(renewMenus);
  followLanguage(languageFiles, renewMenus);
}

export function addShortcut(): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'open-panel' && tab) void openIfPossible(tab.windowId);
  });
}

let creation = Promise.resolve();

/** One creation after the other: two at once would make each entry twice. */
function renewMenus(): void {
  creation = creation.then(createMenus, createMenus);
}

async function createMenus(): Promise<void> {
  await loadLanguage(languageFiles);
  await browser.contextMenus.removeAll();
  for (const [id, { title }] of items) {
    browser.contextMenus.create({ id: String(id), title: t(title), contexts: ['selection'] });
  }
}

async function answerSelection(
  info: Browser.contextMenus.OnClickData,
  tab: Browser.tabs.Tab | undefined,
): Promise<void> {
  const item = items.get(info.menuItemId);
  const selection = info.selectionText ?? '';
  if (!item || !selection.trim()) return;
  const conversationId = crypto.randomUUID();
  if (tab) {
    // Before any await: the gesture ends there.
    void openIfPossible(tab.windowId);
    showInPanel(tab.windowId, conversationId);
  }
  const url = info.pageUrl ?? tab?.url;
  const prompt = {
    conversationId,
    messageId: crypto.randomUUID(),
    text: cutSelection(selection),
    model: await modelOfNew(item.output),
    ...(url && { source: { title: tab?.title ?? '', url } }),
    ...(selection.length > SELECTION_LIMIT && { cutFrom: selection.length }),
  };
  await sendPrompt(prompt, item.output);
}

/** Some windows have no side panel, and a test has no gesture; the reply runs all the same. */
async function openIfPossible(windowId: number): Promise<void> {
  await openSidePanel(windowId).catch(() => undefined);
}

/** Cut between characters: never in the middle of a surrogate pair. */
function cutSelection(selection: string): string {
  const isPairCut = /[\uD800-\uDBFF]/.test(selection.charAt(SELECTION_LIMIT - 1));
  return selection.slice(0, isPairCut ? SELECTION_LIMIT - 1 : SELECTION_LIMIT);
}

/** What a person can do, as plain functions over the store and the worker's requests. */
import { storage } from '@wxt-dev/storage';
import { browser } from 'wxt/browser';
import { emptyConversation, TEMPORARY, type ModelRef } from '../conversation';
import type { LogEntry } from '../log';
import { PROMPT_LIMIT, sendMessage } from '../messages';
import { quickPrompt } from '../settings';
import { openSidePanel } from '../side-panel';
import { chatStore, selectAttached, selectIsStreaming, type Target, type View } from './chat-store';
import { connect, listen, watchConversation } from './connection';
import { followImageOptions } from './image-options';
import { holdTemporaryChats } from './temporary-lock';
import { warmUpMarkdown } from '../markdown/parse';
import { deliverPrompt, sendLeftPrompts } from './outbox';
import { followProviders } from './provider-list';

const DAY = 24 * 60 * 60_000;

/** What is typed but not sent, kept in memory until the browser closes. Never on disk. */
let storedDraft: ReturnType<typeof storage.defineItem<string>> | undefined;

/** Opens the side panel's connection: at the conversation of the address, or the window's own. */
export async function startPanel(): Promise<void> {
  const asked = new URLSearchParams(location.search).get('conversation');
  const [tab, window] = await Promise.all([
    browser.tabs.getCurrent(),
    browser.windows.getCurrent(),
  ]);
  // As an ordinary tab the page is nobody's side panel.
  connect(asked, tab ? {} : { panelOfWindow: window.id });
  void deliverLeftPrompts(asked);
  warmUpMarkdown();
  followProviders();
  followImageOptions();
  followWorker();
  holdTemporaryChats();
  await restoreDraft(tab ? 'session:tabDraft' : `session:draft${window.id}`);
}

/** Sends what was on its way when the browser ended, and shows where, unless another was asked for. */
async function deliverLeftPrompts(asked: string | null): Promise<void> {
  const conversationId = await sendLeftPrompts();
  if (conversationId && !asked) openConversation(conversationId);
}

/** Opens the popup's connection: at the last quick prompt when that is less than a day old. */
export async function startPopup(): Promise<void> {
  const [last] = await Promise.all([quickPrompt.getValue(), restoreDraft('session:popupDraft')]);
  // Of a time to come, after the clock was set back, nobody knows how long ago it was.
  const isRecent = last && Math.abs(Date.now() - last.at) < DAY;
  connect(isRecent ? last.conversationId : crypto.randomUUID(), { place: 'popup' });
  followProviders();
  followImageOptions();
  followWorker();
}

export function setDraft(draft: string): void {
  chatStore.setState({ draft, isSendFailed: false, isActionFailed: false });
  // What is too long to be sent may also be too long to be stored.
  if (draft.length <= PROMPT_LIMIT) void storedDraft?.setValue(draft);
}

/** Whether the text is a prompt: not blank and not over the limit. */
export function isPrompt(text: string): boolean {
  return text.length <= PROMPT_LIMIT && text.trim() !== '';
}

/** Sends the draft in the conversation that is shown. */
export async function sendPrompt(): Promise<void> {
  const { conversation } = chatStore.getState();
  if (conversation) await sendDraft(conversation.id, conversation.model);
}

/** Asks from the popup: in a conversation of its own, which the popup finds again for a day. */
export async function askQuickly(): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation || selectIsStreaming(chatStore.getState()) || !hasPrompt()) return;
  const isFresh = conversation.messages.length === 0;
  const conversationId = isFresh ? conversation.id : crypto.randomUUID();
  if (!isFresh) watchConversation(conversationId);
  void quickPrompt.setValue({ conversationId, at: Date.now() });
  await sendDraft(conversationId, conversation.model);
}

export function readLog(): Promise<LogEntry[]> {
  return sendMessage('readLog');
}

export function clearLog(): Promise<void> {
  return sendMessage('clearLog');
}

export function openModelPicker(isModelPickerOpen = true): void {
  chatStore.setState({ isModelPickerOpen });
}

export async function selectModel(model: ModelRef): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  await sendMessage('selectModel', { conversationId: conversation.id, model }).catch(tellFailure);
}

/** What was asked for did not reach the worker. */
export function tellFailure(): void {
  chatStore.setState({ isActionFailed: true });
}

/** Leaves the conversation as it is (a reply in it goes on) and shows an empty one. */
export function startNewChat({ isTemporary = false } = {}): void {
  chatStore.setState({ view: 'chat' });
  showEmptyConversation((isTemporary ? TEMPORARY : '') + crypto.randomUUID());
}

function showEmptyConversation(id: string): void {
  const { conversation } = chatStore.getState();
  if (conversation) {
    // At once: a prompt sent before the worker's snapshot must not go into the old conversation.
    const fresh = emptyConversation(id, conversation.model, Date.now());
    chatStore.setState({ conversation: fresh, seq: 0, target: null });
  }
  watchConversation(id);
}

/** Shows a conversation: at a message that was found, or at its end. */
export function openConversation(conversationId: string, target: Target | null = null): void {
  chatStore.setState({ target, view: 'chat' });
  changeConversation(conversationId);
  if (!target) return;
  const { messageId } = target;
  sendMessage('selectBranch', { conversationId, messageId }).catch(tellFailure);
}

/** Has another conversation in the chat, also while the chat is not in view. */
export function changeConversation(conversationId: string): void {
  leaveConversation(conversationId);
  watchConversation(conversationId);
}

/** Shows nothing until the other one is there: what is sent meanwhile must not go into this one. */
function leaveConversation(other: string): void {
  const { conversation } = chatStore.getState();
  if (conversation?.id !== other) chatStore.setState({ conversation: null });
}

export function showView(view: View): void {
  // What was found has been seen.
  chatStore.setState({ view, target: null });
}

/** What the worker wants shown is shown; in place of a conversation that was deleted, an empty one. */
function followWorker(): void {
  listen((message) => {
    if (message.type === 'show') {
      chatStore.setState({ view: 'chat', target: null });
      leaveConversation(message.conversationId);
    }
    const { conversation } = chatStore.getState();
    // After "Delete everything" there is nothing to take back.
    if (message.type === 'conversations-gone' && !message.ids)
      chatStore.setState({ deletion: null });
    if (message.type !== 'conversations-gone' || !conversation) return;
    if (!message.ids?.includes(conversation.id)) return;
    const by = crypto.randomUUID();
    chatStore.setState({ replaced: { gone: conversation.id, by } });
    showEmptyConversation(by);
  });
}

/**
 * Opens the window's side panel, at the conversation that is shown here or wherever it was. Must be
 * called within a click, before any `await`.
 */
export async function openInPanel(windowId: number, isSameConversation: boolean): Promise<void> {
  const { conversation } = chatStore.getState();
  const opened = openSidePanel(windowId);
  if (isSameConversation && conversation) {
    await sendMessage('showInPanel', { conversationId: conversation.id, windowId });
  }
  await opened;
}

let lastSample = '';

/** Puts a sample prompt into the prompt box, with a model that makes what it asks for. */
export async function takeSample(text: string, output: 'text' | 'image'): Promise<void> {
  const { conversation, providers, draft } = chatStore.getState();
  // Behind what the person wrote; only another sample is replaced.
  setDraft(draft.trim() && draft !== lastSample ? `${draft}\n${text}` : text);
  lastSample = text;
  const models = providers
    .filter(({ isActive }) => isActive)
    .flatMap((provider) =>
      provider.models
        .filter((model) => model.output === output)
        .map((model): ModelRef => ({ provider: provider.id, model: model.id })),
    );
  const chosen = conversation?.model;
  const its = providers.find(({ id }) => id === chosen?.provider)?.models ?? [];
  // One that no list names makes text.
  if ((its.find(({ id }) => id === chosen?.model)?.output ?? 'text') === output) return;
  // Another company than was chosen only where that one makes no such thing.
  const fitting = models.find(({ provider }) => provider === chosen?.provider) ?? models[0];
  if (fitting) await selectModel(fitting);
}

/** Puts a prompt that was sent before into the prompt box, and chooses the model that it went to. */
export function takePrompt(text: string, model?: ModelRef): void {
  const { draft, conversation, providers } = chatStore.getState();
  // Behind what the person wrote: nothing is lost.
  setDraft(draft.trim() && draft !== text ? `${draft}\n${text}` : text);
  chatStore.setState({ view: 'chat' });
  const isThere = providers.some(
    ({ id, models }) => id === model?.provider && models.some((one) => one.id === model.model),
  );
  const isChosen =
    model?.provider === conversation?.model.provider && model?.model === conversation?.model.model;
  if (model && isThere && !isChosen) void selectModel(model);
}

function hasPrompt(): boolean {
  return isPrompt(chatStore.getState().draft);
}

/** A prompt that may or may not have arrived: sent again, it must not be there twice. */
let unsent: { text: string; imageId: string | undefined; messageId: string } | undefined;

/** The draft is emptied at once, so that a second click finds nothing; it comes back on failure. */
async function sendDraft(conversationId: string, model: ModelRef): Promise<void> {
  if (!hasPrompt()) return;
  const { draft: text, attached: kept } = chatStore.getState();
  const attached = selectAttached(chatStore.getState());
  const imageId = attached?.image.id;
  const isSame = unsent?.text === text && unsent.imageId === imageId;
  const messageId = isSame && unsent ? unsent.messageId : crypto.randomUUID();
  unsent = { text, imageId, messageId };
  chatStore.setState({ target: null, attached: null });
  const images = attached && [{ prompt: attached.prompt, image: attached.image }];
  setDraft('');
  try {
    await deliverPrompt({ conversationId, messageId, text, model, ...(images && { images }) });
    unsent = undefined;
  } catch {
    // Before what was typed meanwhile: nothing is lost, neither of the two.
    setDraft([text, chatStore.getState().draft].filter(Boolean).join('\n'));
    chatStore.setState({ isSendFailed: true, attached: kept });
  }
}

async function restoreDraft(key: `session:${string}`): Promise<void> {
  storedDraft = storage.defineItem<string>(key, { fallback: '' });
  const draft = await storedDraft.getValue();
  // What was typed while this was read is newer.
  if (draft && !chatStore.getState().draft) chatStore.setState({ draft });
}

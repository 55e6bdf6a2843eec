/** What component tests share: a browser, a worker that answers as told, and a clean page. */
import { cleanup, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { afterEach, beforeEach } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { CHECK_PORT } from '@/lib/check-step';
import type { Conversation, Message } from '@/lib/conversation';
import { loadLanguage } from '@/lib/i18n';
import { languageFiles } from '@/lib/panel/language-files';
import { chatStore, initialState, type ChatState } from '@/lib/panel/chat-store';
import { language, type Language } from '@/lib/settings';
import { FakeExtension, installExtension, type Answer } from './fake-extension';
import type { FakePort } from './fake-port';
import { conversationOf, providerInfo } from './samples';

export let extension: FakeExtension;

/** What pages asked the worker, in order. */
export let requests: { type: string; data?: unknown }[];

/** What the worker answers, by request; a function that throws refuses. */
export let answers: Record<string, (data: unknown) => unknown>;

export function setUpPage(): void {
  beforeEach(async () => {
    extension = installExtension();
    // Nothing is laid out here, so nothing lies anywhere.
    Object.assign(document, { elementsFromPoint: () => [] });
    requests = [];
    // What is in the store unless a test tells otherwise: nothing changes by asking.
    answers = { listProviders: () => chatStore.getState().providers };
    extension.onMessage.addListener((message, _, answer) => {
      void answerRequest(message).then(answer);
      return true;
    });
    extension.onConnect.addListener((port) => {
      if (port.name === CHECK_PORT) serveCheck(port);
    });
    await speak('en');
    chatStore.setState({ ...initialState, isConnected: true, providers: [providerInfo()] }, true);
  });
  afterEach(() => {
    cleanup();
  });
}

/** Changes the language, as Settings does. */
export async function speak(chosen: Language): Promise<void> {
  await language.setValue(chosen);
  await loadLanguage(languageFiles);
}

/** Shows the component with a person at the keyboard. */
export function show(element: ReactElement) {
  const user = userEvent.setup();
  return { user, ...render(element) };
}

export function setChat(state: Partial<ChatState>): void {
  chatStore.setState(state);
}

/** Shows a conversation of these messages. */
export function setConversation(
  messages: Message[] = [],
  changes: Partial<Conversation> = {},
): Conversation {
  const conversation = conversationOf(messages, changes);
  chatStore.setState({ conversation });
  return conversation;
}

export const state = chatStore.getState;

/** The sections at which Settings are open in tabs. */
export async function openedSettings(): Promise<(string | undefined)[]> {
  const tabs = await fakeBrowser.tabs.query({});
  const own = tabs.filter(({ url }) =>
    url?.startsWith(fakeBrowser.runtime.getURL('/options.html')),
  );
  return own.map(({ url }) => url?.split('#')[1]);
}

/** A field of what a request brought along. */
export function sentField(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}

/**
 * A test of a connection finds what stands for `checkProvider`, or with a prompt for `checkStream`, all
 * at once; a throw breaks the port.
 */
function serveCheck(port: FakePort): void {
  port.onMessage.addListener(async (data) => {
    const type = sentField(data, 'isPrompted') ? 'checkStream' : 'checkProvider';
    const { res, err } = await answerRequest({ type, data });
    if (err) port.break();
    else if (!port.isClosed) port.postMessage({ steps: [res].flat(), isDone: true });
  });
}

async function answerRequest(message: unknown): Promise<Answer> {
  const { type, data } = asRequest(message);
  requests.push(data === undefined ? { type } : { type, data });
  try {
    return { res: await answers[type]?.(data) };
  } catch (error) {
    return { err: { message: String(error) } };
  }
}

function asRequest(message: unknown): { type: string; data?: unknown } {
  if (typeof message !== 'object' || message === null || !('type' in message)) {
    throw new Error('this is no request');
  }
  return { type: String(message.type), data: 'data' in message ? message.data : undefined };
}

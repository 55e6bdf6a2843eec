/**
 * Prompts on their way to the worker. They stand on disk until it has them: waking it can take longer
 * than the browser or the page still lives.
 */
import { storage } from '@wxt-dev/storage';
import { isTemporary } from '../conversation';
import { sendMessage, type Requests } from '../messages';

type Prompt = Parameters<Requests['sendPrompt']>[0];

const PREFIX = 'outbox:';

/** Sends a prompt; resolves when the worker has it on disk and rejects when that is not known. */
export async function deliverPrompt(prompt: Prompt): Promise<void> {
  const key = `local:${PREFIX}${prompt.messageId}` as const;
  // At the same time as the request, which must not wait; a temporary chat never touches the disk.
  const written = isTemporary({ id: prompt.conversationId })
    ? undefined
    : storage.setItem(key, prompt).catch(() => undefined);
  try {
    await sendMessage('sendPrompt', prompt);
  } finally {
    // What did not arrive is the person's again.
    void written?.then(() => storage.removeItem(key));
  }
}

/** Names alone: lists of models lie there too. Before Chrome 130 there is no way without the values. */
async function storedNames(): Promise<string[]> {
  const { local } = browser.storage;
  return 'getKeys' in local ? local.getKeys() : Object.keys(await storage.snapshot('local'));
}

/**
 * Sends what was on its way when its page or the browser ended; the worker takes each prompt once.
 * Waits for no answer. Resolves with the conversation of the last one, null when there is none.
 */
export async function sendLeftPrompts(): Promise<string | null> {
  const kept = await storedNames();
  const keys = kept.filter((key) => key.startsWith(PREFIX)).map((key) => `local:${key}` as const);
  let last: string | null = null;
  for (const key of keys) {
    const prompt = await storage.getItem<Prompt>(key);
    if (!prompt) continue;
    last = prompt.conversationId;
    sendMessage('sendPrompt', prompt).then(
      () => storage.removeItem(key),
      // It stays for the next page that opens.
      () => undefined,
    );
  }
  return last;
}

/** Tests of connections: one port each, from the page's request to the last step. */
import { browser, type Browser } from 'wxt/browser';
import { CHECK_PORT, type CheckMessage, type CheckRequest } from '../check-step';
import { log } from '../log';
import { errorDataOf } from '../provider-error';
import { checkProvider } from './doctor';
import { keepAlive } from './keep-alive';
import { contextFor, findProvider, listProviders } from './models';
import { isOwnPage } from './own-page';

export function acceptChecks(): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== CHECK_PORT) return;
    if (port.sender && isOwnPage(port.sender)) serve(port);
    else port.disconnect();
  });
}

function serve(port: Browser.runtime.Port): void {
  let isOpen = true;
  port.onDisconnect.addListener(() => (isOpen = false));
  const post = (message: CheckMessage) => {
    if (isOpen) port.postMessage(message);
  };
  const run = async (request: CheckRequest) => {
    // Waiting for a service counts as no activity.
    const letGo = keepAlive();
    try {
      await check(request, post);
    } catch (error) {
      log({ level: 'error', event: 'check-failed', error: errorDataOf(error).kind });
      port.disconnect();
    } finally {
      letGo();
    }
  };
  port.onMessage.addListener((request: CheckRequest) => void run(request));
}

async function check(
  { provider: id, model }: CheckRequest,
  post: (message: CheckMessage) => void,
): Promise<void> {
  const provider = findProvider(id);
  const info = (await listProviders()).find((one) => one.id === id);
  const steps = await checkProvider({
    provider,
    model,
    address: info?.address ?? '',
    openContext: () => contextFor(provider),
    isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
    onSteps: (found) => post({ steps: found, isDone: false }),
  });
  post({ steps, isDone: true });
}

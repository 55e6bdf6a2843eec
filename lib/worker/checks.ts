/** Tests of connections: one port each, from the page's request to the last step. */
import { browser, type Browser } from 'wxt/browser';
import { CHECK_PORT, type CheckMessage, type CheckRequest, type CheckStep } from '../check-step';
import { log } from '../log';
import { errorDataOf } from '../provider-error';
import { checkStream } from './check-answer';
import { checkProvider } from './doctor';
import { keepAlive } from './keep-alive';
import { contextFor, findProvider, listProviders } from './models';
import { isOwnPage } from './own-page';
import { withTypedModels } from './typed-check';

export function acceptChecks(): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== CHECK_PORT) return;
    if (port.sender && isOwnPage(port.sender)) serve(port);
    else port.disconnect();
  });
}

function serve(port: Browser.runtime.Port): void {
  // When the page leaves, a slow model is not kept at work for nobody.
  const left = new AbortController();
  port.onDisconnect.addListener(() => left.abort());
  const post = (message: CheckMessage) => {
    if (!left.signal.aborted) port.postMessage(message);
  };
  const run = async (request: CheckRequest) => {
    // Waiting for a service counts as no activity.
    const letGo = keepAlive();
    try {
      post({ steps: await check(request, post, left.signal), isDone: true });
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
  { provider: id, model, isPrompted = false }: CheckRequest,
  post: (message: CheckMessage) => void,
  signal: AbortSignal,
): Promise<CheckStep[]> {
  const provider = findProvider(id);
  const openContext = () => contextFor(provider);
  if (isPrompted) return [await checkStream({ provider, openContext, signal }, model ?? '')];
  const info = (await listProviders()).find((one) => one.id === id);
  const steps = await checkProvider({
    provider,
    model,
    address: info?.address ?? '',
    openContext,
    isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
    onSteps: (found) => post({ steps: found, isDone: false }),
    signal,
  });
  return withTypedModels(steps, { model, typedModels: info?.typedModels ?? [] });
}

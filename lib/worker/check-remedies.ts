/** What helps where a test of a connection fails. */
import type { CheckRemedy } from '../check-step';
import type { ErrorKind } from '../errors';
import { kindAt, type ProviderDescription } from '../provider';
import { errorDataOf } from '../provider-error';

/** Where it is the proxy that the request did not get through. */
const proxyRemedies: Partial<Record<ErrorKind, CheckRemedy>> = {
  'proxy-failed': 'checkProxy',
  'proxy-login': 'checkProxyLogin',
  'proxy-blocked': 'allowProxy',
  // The provider's own key was read before.
  'key-locked': 'unlockKeys',
};

/** What a model answers in place of words. */
const answerRemedies: Partial<Record<ErrorKind, CheckRemedy>> = {
  ...proxyRemedies,
  'no-permission': 'allowAccess',
  unauthorized: 'checkKey',
  quota: 'topUp',
  'not-found': 'pickModel',
  'no-model': 'pickModel',
  redirected: 'redirect',
  'human-check': 'openSite',
  'rate-limited': 'waitForServer',
  overloaded: 'waitForServer',
  'server-fault': 'waitForServer',
};

/** Where a request cannot even be prepared. */
export function keyRemedy(error: unknown): CheckRemedy {
  const { kind } = errorDataOf(error);
  if (kind === 'no-key') return 'setKey';
  return kind === 'key-locked' ? 'unlockKeys' : 'restartBrowser';
}

export function originRemedy({ originSetting }: ProviderDescription): CheckRemedy {
  return originSetting ? 'originSetting' : 'checkOrigin';
}

/** `fetch` tells no difference between a server that is off, a wrong name and a bad certificate. */
export function reachRemedy(
  description: ProviderDescription,
  address: string,
  kind: ErrorKind,
): CheckRemedy {
  const remedy = proxyRemedies[kind];
  if (remedy) return remedy;
  if (kind === 'timeout') return 'waitForServer';
  return kindAt(description, address) === 'local' ? 'startServer' : 'checkConnection';
}

export function answerRemedy(
  description: ProviderDescription,
  address: string,
  kind: ErrorKind,
): CheckRemedy {
  if (kind === 'origin-refused') return originRemedy(description);
  if (kind === 'offline') return reachRemedy(description, address, kind);
  return answerRemedies[kind] ?? 'noAnswer';
}

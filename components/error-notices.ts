/** What is said of each kind of error, and what helps. */
import type { ErrorData, ErrorKind } from '@/lib/errors';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { formatDuration } from '@/lib/panel/elapsed';
import { reasonIn } from '@/lib/panel/reason';
import { kindAt } from '@/lib/provider';

/** The button that helps. */
export type Remedy =
  'tryAgain' | 'openSite' | 'allowAccess' | 'openSettings' | 'unlock' | 'continue' | 'pickModel';

/** What each kind of error is in words, and the button that helps most. */
export const notices: Record<ErrorKind, { text: MessageKey; remedy: Remedy; isLoss?: true }> = {
  'human-check': { text: 'errorHumanCheck', remedy: 'openSite' },
  'no-permission': { text: 'errorNoPermission', remedy: 'allowAccess' },
  'not-in-use': { text: 'errorNotInUse', remedy: 'pickModel' },
  'no-address': { text: 'errorNoAddress', remedy: 'openSettings' },
  'no-key': { text: 'errorNoKey', remedy: 'openSettings' },
  'key-locked': { text: 'errorKeyLocked', remedy: 'unlock' },
  unauthorized: { text: 'errorUnauthorized', remedy: 'openSettings' },
  'origin-refused': { text: 'errorOriginRefused', remedy: 'openSettings' },
  'not-found': { text: 'errorNotFound', remedy: 'openSettings' },
  'no-model': { text: 'errorNotFound', remedy: 'pickModel' },
  redirected: { text: 'errorRedirected', remedy: 'openSettings' },
  'rate-limited': { text: 'errorRateLimited', remedy: 'tryAgain' },
  overloaded: { text: 'errorOverloaded', remedy: 'tryAgain' },
  'too-long': { text: 'errorTooLong', remedy: 'pickModel' },
  'content-filter': { text: 'errorContentFilter', remedy: 'tryAgain' },
  unsupported: { text: 'errorUnsupported', remedy: 'pickModel' },
  quota: { text: 'errorQuota', remedy: 'tryAgain' },
  refused: { text: 'errorRefused', remedy: 'pickModel' },
  'server-fault': { text: 'errorServerFault', remedy: 'tryAgain' },
  offline: { text: 'errorOffline', remedy: 'tryAgain' },
  'proxy-failed': { text: 'errorProxyFailed', remedy: 'openSettings' },
  'proxy-login': { text: 'errorProxyLogin', remedy: 'openSettings' },
  'proxy-blocked': { text: 'errorProxyBlocked', remedy: 'openSettings' },
  timeout: { text: 'errorTimeout', remedy: 'continue' },
  'connection-lost': { text: 'errorConnectionLost', remedy: 'continue' },
  interrupted: { text: 'errorInterrupted', remedy: 'continue' },
  'empty-reply': { text: 'errorEmptyReply', remedy: 'tryAgain' },
  'bad-reply': { text: 'errorBadReply', remedy: 'tryAgain' },
  'bad-image': { text: 'errorBadImage', remedy: 'tryAgain', isLoss: true },
  'too-large': { text: 'errorTooLarge', remedy: 'tryAgain' },
  unexpected: { text: 'errorUnexpected', remedy: 'tryAgain', isLoss: true },
};

/** After these the way to the provider is worth a look. */
export const connectionKinds: ErrorKind[] = [
  'unauthorized',
  'origin-refused',
  'not-found',
  'redirected',
  // A wrong path is answered so, too.
  'refused',
  'server-fault',
  'offline',
  'proxy-failed',
  'proxy-login',
  'proxy-blocked',
  'timeout',
  'connection-lost',
  'empty-reply',
  'bad-reply',
];

/** Of whom an error tells, as far as that is known. */
type Teller = Pick<ProviderInfo, 'name'> & Partial<ProviderInfo>;

/** What went wrong, in a sentence; `model` is the name of the one that was asked. */
export function errorSentence(
  error: ErrorData,
  provider: Teller | undefined,
  model?: string,
): string {
  const { kind, host, retryAfter, detail } = error;
  const values = { provider: provider?.name ?? '', host: host ?? provider?.name ?? '' };
  // With a host it is a proxy's password.
  if (kind === 'key-locked' && host) return t('errorProxyLocked', values);
  if (kind === 'unauthorized') return t(refusalOf(error, provider), values);
  if (kind === 'no-model' && model) return t('errorNoModel', { ...values, model });
  if (kind === 'offline' && isLocal(provider)) return t('errorOfflineLocal', values);
  const reason = kind === 'refused' && detail && reasonIn(detail);
  if (reason) return t('errorRefusedWhy', { ...values, reason });
  const waiting = waits[kind];
  if (waiting && retryAfter) {
    return t(waiting, { ...values, time: formatDuration(retryAfter * 1000) });
  }
  return t(notices[kind].text, values);
}

/** What is said where the service names the time to wait. */
export const waits: Partial<Record<ErrorKind, MessageKey>> = {
  quota: 'errorQuotaWait',
  'rate-limited': 'errorRateLimitedWait',
  overloaded: 'errorOverloadedWait',
};

function isLocal(provider: Teller | undefined): boolean {
  return (
    provider?.kind !== undefined && kindAt({ kind: provider.kind }, provider.address) === 'local'
  );
}

/** It may be that there was no key, and a key may be a user with a password. */
function refusalOf(
  { isKeyless }: ErrorData,
  { fields = [] }: Partial<ProviderInfo> = {},
): MessageKey {
  const field = fields.find(({ id }) => id === 'key');
  if (field?.isLogin) return isKeyless ? 'errorNoLogin' : 'errorLoginRefused';
  return field && isKeyless ? 'errorNoKey' : notices.unauthorized.text;
}

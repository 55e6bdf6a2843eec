/** What is said of each kind of error, and what helps. */
import type { ErrorData, ErrorKind } from '@/lib/errors';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { formatDuration } from '@/lib/panel/elapsed';

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
  redirected: { text: 'errorRedirected', remedy: 'openSettings' },
  'rate-limited': { text: 'errorRateLimited', remedy: 'tryAgain' },
  overloaded: { text: 'errorOverloaded', remedy: 'tryAgain' },
  'too-long': { text: 'errorTooLong', remedy: 'tryAgain' },
  'content-filter': { text: 'errorContentFilter', remedy: 'tryAgain' },
  unsupported: { text: 'errorUnsupported', remedy: 'tryAgain' },
  quota: { text: 'errorQuota', remedy: 'tryAgain' },
  refused: { text: 'errorRefused', remedy: 'tryAgain' },
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

/** What went wrong, in a sentence. */
export function errorSentence(
  error: ErrorData,
  provider: Pick<ProviderInfo, 'name'> | undefined,
): string {
  const values = {
    provider: provider?.name ?? '',
    host: error.host ?? provider?.name ?? '',
    ...(error.retryAfter !== undefined && { time: formatDuration(error.retryAfter * 1000) }),
  };
  // With a host it is a proxy's password.
  if (error.kind === 'key-locked' && error.host) return t('errorProxyLocked', values);
  if (error.retryAfter) {
    if (error.kind === 'quota') return t('errorQuotaWait', values);
    if (error.kind === 'rate-limited') return t('errorRateLimitedWait', values);
    if (error.kind === 'overloaded') return t('errorOverloadedWait', values);
  }
  return t(notices[error.kind].text, values);
}

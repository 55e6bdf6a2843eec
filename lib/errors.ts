/** What can go wrong on the way to a reply. Readers switch on this word, never on text or `instanceof`. */
export type ErrorKind =
  | 'human-check'
  | 'no-permission'
  /** The person uses this provider no more, so it is sent nothing. */
  | 'not-in-use'
  /** Nobody has said yet where requests go. */
  | 'no-address'
  /** No key is there, or it is locked behind its passphrase. */
  | 'no-key'
  | 'key-locked'
  /** The service does not accept the key. */
  | 'unauthorized'
  /** The server takes no requests from browser extensions. */
  | 'origin-refused'
  /** Nothing at that path, or no such model: the service does not say which. */
  | 'not-found'
  /** The service has no model of that name, or not for this person. */
  | 'no-model'
  | 'redirected'
  | 'rate-limited'
  | 'quota'
  | 'overloaded'
  | 'too-long'
  /** The model, or a filter before it, does not answer this. */
  | 'content-filter'
  /** The model cannot do what was asked. */
  | 'unsupported'
  | 'refused'
  | 'server-fault'
  | 'offline'
  /** The provider's proxy does not answer or lets nothing through; wants another password; may not be used. */
  | 'proxy-failed'
  | 'proxy-login'
  | 'proxy-blocked'
  | 'timeout'
  | 'connection-lost'
  | 'interrupted'
  | 'empty-reply'
  | 'bad-reply'
  | 'bad-image'
  | 'too-large'
  | 'unexpected';

/** A `ProviderError` as plain data, as it is stored and as it crosses contexts. */
export interface ErrorData {
  kind: ErrorKind;
  /** Host the request was for, without scheme; of a proxy's trouble the proxy's. */
  host?: string;
  /** HTTP status, where an answer came at all. */
  status?: number;
  /** Whether no key was sent along; only of `unauthorized`, and not of what older versions stored. */
  isKeyless?: true;
  /** Seconds to wait before another try, where the server named a time. */
  retryAfter?: number;
  /** A picture's address that can be fetched once its host is allowed. */
  imageUrl?: string;
  /** Addresses of further pictures of the same reply. */
  moreImageUrls?: string[];
  /** The start of what the server or the platform said: shown on request, never logged. */
  detail?: string;
}

const DETAIL_LIMIT = 500;

/** The one error that providers and streams throw. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly data: ErrorData;

  constructor(data: ErrorData, options?: ErrorOptions) {
    super(data.kind, options);
    this.data = data.detail ? { ...data, detail: data.detail.slice(0, DETAIL_LIMIT) } : data;
  }
}

/** Anything that was thrown, as plain data; what nobody foresaw becomes `unexpected`. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof ProviderError) return error.data;
  return { kind: 'unexpected', detail: String(error).slice(0, DETAIL_LIMIT) };
}

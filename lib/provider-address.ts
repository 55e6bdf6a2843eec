/** An address as people type or paste it, made into one that requests can go to. */

/** Why an address is none: no address at all, of no web scheme, with a name and password, for every host. */
export type AddressProblem = 'invalid' | 'scheme' | 'credentials' | 'star';

/** Hosts of this computer and of the local network, where there is rarely a certificate. */
const LOCAL =
  /^(?:localhost|.*\.(?:localhost|local|lan|internal|home\.arpa)|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|0\.0\.0\.0|\[.*\]|[^.:/]+)$/iu;

/** What people copy along from the documents of a service. */
const ENDPOINT =
  /\/(?:chat\/completions|completions|responses|messages|models|embeddings|images\/generations|api\/(?:chat|generate|tags))$/u;

/**
 * The address without blanks, quotation marks, a slash at its end and an endpoint's name; with a scheme
 * where none was typed, and `/v1` once.
 */
export function readAddress(text: string): { address: string } | { problem: AddressProblem } {
  const typed = text.replaceAll(/^[\s"'`<]+|[\s"'`>]+$/gu, '');
  if (typed.includes('*')) return { problem: 'star' };
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d+(?:\/|$))/iu.exec(typed)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return { problem: 'scheme' };
  const url = URL.parse(scheme ? typed : withScheme(typed));
  if (!url?.hostname || /\s/u.test(typed)) return { problem: 'invalid' };
  if (url.username || url.password) return { problem: 'credentials' };
  const path = url.pathname
    .replaceAll(/\/{2,}/gu, '/')
    .replace(/\/$/u, '')
    .replace(ENDPOINT, '')
    .replace(/(?:\/v1){2,}$/u, '/v1');
  return { address: url.origin + path };
}

/** The origin of an address; empty for what is none. */
export function originOf(address = ''): string {
  return URL.parse(address)?.origin ?? '';
}

function withScheme(typed: string): string {
  const rest = typed.replace(/^\/+/u, '');
  const host = /^(\[[^\]]*\]|[^:/?#]*)/u.exec(rest)?.[1] ?? '';
  return `${LOCAL.test(host) ? 'http' : 'https'}://${rest}`;
}

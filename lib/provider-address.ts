/** An address as people type or paste it, made into one that requests can go to. */
import { isPublicHost } from './public-host';

/** Why an address is none: no address at all, of no web scheme, with a name and password, for every host. */
export type AddressProblem = 'invalid' | 'scheme' | 'credentials' | 'star';

/** Around an address that was copied: blanks, quotation marks, brackets, and what cannot be seen. */
const AROUND = /^[\s\p{C}"'`“”‘’„«»<(]+|[\s\p{C}"'`“”‘’„«»>),;.]+$/gu;

/** What people copy along from the documents of a service. */
const ENDPOINT =
  /\/(?:chat\/completions|completions|responses|messages|models|embeddings|images\/generations|api\/(?:chat|generate|tags))$/u;

/**
 * The address without what was copied along: blanks, quotation marks, a variable's name, a slash at its
 * end, an endpoint's name, a query; with a scheme where none was typed, and `/v1` once.
 */
export function readAddress(text: string): { address: string } | { problem: AddressProblem } {
  const typed = text
    .replaceAll(AROUND, '')
    .replace(/^(?:export\s+)?\w+=\s*/u, '')
    .replaceAll(AROUND, '')
    // `https//host`, `https;//host`, and the scheme twice.
    .replace(/^(?:https?[:;]?\/+)*(https?)[:;]?\/+/iu, '$1://');
  if (/^(?:https?:\/\/)?[^/?#]*@/iu.test(typed)) return { problem: 'credentials' };
  const whole = withScheme(typed);
  const url = URL.parse(whole);
  if (typed.includes('*') || url?.hostname.includes('*')) return { problem: 'star' };
  if (url && !/^https?:$/u.test(url.protocol)) return { problem: 'scheme' };
  // A path alone names no host.
  if (!url || !/[a-z\d]/u.test(url.hostname) || /\s|^\/(?!\/)/u.test(typed)) {
    return { problem: 'invalid' };
  }
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
  // The port of a host without a scheme looks like the rest of an address with one.
  if (/^[a-z][a-z\d+.-]*:(?!\d+(?:\/|$)|[\da-f]*:)/iu.test(typed)) return typed;
  const bare = typed.replace(/^\/+/u, '');
  const rest = /^[\da-f]*(?::[\da-f]*){2,}$/iu.test(bare) ? `[${bare}]` : bare;
  const { hostname = '' } = URL.parse(`http://${rest}`) ?? {};
  // In a house or a company there is rarely a certificate.
  return `${isPublicHost(hostname) ? 'https' : 'http'}://${rest}`;
}

/**
 * The match pattern of an address's host, as permissions know it: without port and path. Undefined for
 * what is no web address, and for a host with a star, which would stand for every site.
 */
export function hostPattern(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname.includes('*')) return undefined;
  return `${url.protocol}//${url.hostname}/*`;
}

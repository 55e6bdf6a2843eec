/** Names that are given out within a house or a company, or that stand for this computer. */
const LOCAL_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa)$/u;

/**
 * IPv4 addresses that are nobody's on the internet: this computer, private networks, links, tests,
 * groups (https://www.iana.org/assignments/iana-ipv4-special-registry).
 */
const LOCAL_IPV4 =
  /^(?:0|10|127|22[4-9]|2[345]\d)\.|^100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^192\.(?:168|0\.[02]|88\.99)\.|^198\.(?:1[89]|51\.100)\.|^203\.0\.113\./u;

/** The one part of IPv6 that is the internet's, without what stands for IPv4 addresses in it. */
const PUBLIC_IPV6 = /^\[(?!2002:|2001:(?::|0:|db8:))[23][\da-f]{3}:/u;

/**
 * Whether a host is one of the internet's: not this computer, not a device or a name of the local
 * network. `hostname` as `URL` writes it, which knows every other spelling of an address. A public
 * name that leads to a local address is not seen through: nobody tells an extension.
 */
export function isPublicHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/u, '');
  if (name.startsWith('[')) return PUBLIC_IPV6.test(name);
  if (/^[\d.]+$/u.test(name)) return !LOCAL_IPV4.test(name);
  return name.includes('.') && !LOCAL_NAMES.test(name);
}

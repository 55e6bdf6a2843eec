/** A proxy's address as people type or paste it, made into one that requests can go through. */

/** Where a proxy listens; the address alone says it, as `socks5://127.0.0.1:1080`. */
export interface ProxyServer {
  scheme: 'http' | 'https' | 'socks5';
  /** As `URL` writes it, so an IPv6 address stands in brackets. */
  host: string;
  port: number;
}

/** What a proxy knows its visitor by: a secret, kept as keys are. */
export interface ProxyLogin {
  user: string;
  password: string;
}

/** Why an address is none of a proxy: no address at all, or of a kind that browsers have no word for. */
export type ProxyProblem = 'invalid' | 'scheme';

/** What is asked for along with it: to be told that the proxy is what failed, and to answer for the password. */
export const PROXY_PERMISSIONS: ('proxy' | 'webRequest' | 'webRequestAuthProvider')[] = [
  'proxy',
  'webRequest',
  'webRequestAuthProvider',
];

/** What counts where no port was typed. */
const PORTS = { http: 80, https: 443, socks5: 1080 };

/** How else people write them: `socks5h` has the proxy look up names, as browsers do anyway. */
const SCHEMES = new Map<string, ProxyServer['scheme']>([
  ['http', 'http'],
  ['https', 'https'],
  ['socks', 'socks5'],
  ['socks5', 'socks5'],
  ['socks5h', 'socks5'],
]);

/** Nothing else: the host becomes a word of a script's answer. */
const HOST = /^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?|\[[\da-f:.]+\])$/u;

/**
 * The address as `scheme://host:port`, with `http` where no scheme was typed, and apart from it the
 * user and password that stood in it.
 */
export function readProxy(
  text: string,
): { address: string; login: ProxyLogin | null } | { problem: ProxyProblem } {
  const typed = text.replaceAll(/^[\s"'`<]+|[\s"'`>]+$/gu, '');
  const [, named, rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?\/*(.*?)\/*$/iu.exec(typed) ?? [];
  const scheme = SCHEMES.get(named?.toLowerCase() ?? 'http');
  if (!scheme) return { problem: 'scheme' };
  const url = /\s/u.test(typed) ? null : URL.parse(`http://${rest}`);
  if (!url || !HOST.test(url.hostname) || url.pathname !== '/' || url.search || url.hash) {
    return { problem: 'invalid' };
  }
  // URL leaves out the port that is usual for http.
  const is80 = /:0*80$/u.test(rest);
  const port = url.port ? Number(url.port) : is80 ? 80 : PORTS[scheme];
  const login = { user: decoded(url.username), password: decoded(url.password) };
  return {
    address: `${scheme}://${url.hostname}:${port}`,
    login: login.user || login.password ? login : null,
  };
}

/** Where the proxy of a kept address listens; undefined for what is none. */
export function proxyServer(address: string): ProxyServer | undefined {
  const [, named = '', host = '', port] = /^(\w+):\/\/(.+):(\d+)$/u.exec(address) ?? [];
  const scheme = SCHEMES.get(named);
  return scheme && HOST.test(host) ? { scheme, host, port: Number(port) } : undefined;
}

/** Whether the address is on this computer, which browsers reach without a proxy whatever one sets. */
export function isLoopback(address: string): boolean {
  const { hostname = '' } = URL.parse(address) ?? {};
  return /^(?:(?:.*\.)?localhost\.?|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
}

/** A password may have a percent sign that begins no code. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

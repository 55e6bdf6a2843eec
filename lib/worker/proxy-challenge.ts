/** Answers a proxy that wants to know the person. */
import type { Browser } from 'wxt/browser';
import type { ProxyLogin, ProxyServer } from '../proxy-address';
import { isOwnRequest } from '../proxy-support';
import { bare, reportProxyFailure, tellTrouble } from './proxy-trouble';

/** What the proxy for an origin is, and what it knows the person by. */
export interface KnownProxy {
  server: ProxyServer;
  login: ProxyLogin | null;
}

type FindProxy = (origin: string) => Promise<KnownProxy | undefined>;
type Challenge = Browser.webRequest.OnAuthRequiredDetails;
type Answer = Browser.webRequest.BlockingResponse;

/** So many requests may wait for their proxy at a time. */
const REMEMBERED = 500;
/** Requests for which a proxy has been told its user and password: once is enough. */
const answered = new Set<string>();

/** The listener of `onAuthRequired`. The request waits until there is an answer, so there always is. */
export function challengeListener(
  findProxy: FindProxy,
): (details: Challenge, answer?: (response: Answer) => void) => undefined {
  return (details, answer) => {
    void answerTo(details, findProxy)
      .catch((error: unknown) => {
        reportProxyFailure(error);
        return refusalOf(details);
      })
      .then((response) => answer?.(response));
    return undefined;
  };
}

/** The proxy's login, for nobody but the proxy itself, and once a request. */
async function answerTo(details: Challenge, findProxy: FindProxy): Promise<Answer> {
  const { url, requestId, isProxy, challenger } = details;
  const known = isProxy ? await findProxy(new URL(url).origin) : undefined;
  if (!known || !isSameServer(known.server, challenger)) return {};
  if (known.login && !answered.has(requestId)) {
    answered.add(requestId);
    const [oldest] = answered;
    if (answered.size > REMEMBERED && oldest !== undefined) answered.delete(oldest);
    return { authCredentials: { username: known.login.user, password: known.login.password } };
  }
  tellTrouble(url, { kind: 'proxy-login' });
  return refusalOf(details);
}

/** Unless the request ends, Firefox asks the person, in the middle of nothing; a page's visitor expects that. */
function refusalOf(details: Challenge): Answer {
  return details.isProxy && isOwnRequest(details) ? { cancel: true } : {};
}

function isSameServer({ host, port }: ProxyServer, challenger: Challenge['challenger']): boolean {
  return challenger.port === port && bare(challenger.host) === bare(host);
}

/** The contract of a test of a provider's connection: one port, closed when all is found. */

export const CHECK_PORT = 'check';

/** What a page asks for, once, first; the test ends when the page disconnects. */
export interface CheckRequest {
  provider: string;
  /** The model to look for. */
  model?: string;
  /** Whether the model is to be sent a tiny prompt, in place of the steps that need none. */
  isPrompted?: boolean;
}

/** What the worker posts at each step that it has found: those so far, in their order. */
export interface CheckMessage {
  steps: CheckStep[];
  isDone: boolean;
}

/** The steps that need no prompt, in the order in which a request meets them. */
export const checkOrder = ['access', 'reachable', 'tls', 'origin', 'path', 'key', 'model'] as const;

/** One step of a test. */
export interface CheckStep {
  /** Its name in `_locales` is `checkStep_<id>`. */
  id: (typeof checkOrder)[number] | 'stream';
  /** Skipped is what needs no look, untested what could not be looked at. */
  outcome: 'ok' | 'failed' | 'skipped' | 'untested';
  /** HTTP status of the answer that tells. */
  status?: number;
  /** How many models there are. */
  count?: number;
  /** What helps, or is to be known of what passed; its sentence in `_locales` is `checkRemedy_<remedy>`. */
  remedy?: CheckRemedy;
  /** For `useAddress`: the address at which the same question was answered. */
  address?: string;
}

export type CheckRemedy =
  | 'allowAccess'
  | 'startServer'
  | 'checkConnection'
  | 'waitForServer'
  | 'checkProxy'
  | 'checkProxyLogin'
  | 'allowProxy'
  | 'originSetting'
  | 'checkOrigin'
  | 'useAddress'
  | 'checkAddress'
  | 'redirect'
  | 'openSite'
  | 'setKey'
  | 'unlockKeys'
  | 'restartBrowser'
  | 'checkKey'
  | 'topUp'
  | 'loadModel'
  | 'pickModel'
  | 'prepareModel'
  | 'noAnswer'
  | 'onePiece';

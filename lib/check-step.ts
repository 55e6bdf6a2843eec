/** One step of a test of a provider's connection. */
export interface CheckStep {
  /** Its name in `_locales` is `checkStep_<id>`. */
  id: 'access' | 'reachable' | 'tls' | 'origin' | 'path' | 'key' | 'model' | 'stream';
  /** Skipped is what needs no look, or could not be looked at after what failed before. */
  outcome: 'ok' | 'failed' | 'skipped';
  /** HTTP status of the answer that tells. */
  status?: number;
  /** How many models there are. */
  count?: number;
  /** What helps; its sentence in `_locales` is `checkRemedy_<remedy>`. */
  remedy?: CheckRemedy;
  /** For `useAddress`: the address at which the same question was answered. */
  address?: string;
}

export type CheckRemedy =
  | 'allowAccess'
  | 'startServer'
  | 'checkConnection'
  | 'waitForServer'
  | 'originSetting'
  | 'checkOrigin'
  | 'useAddress'
  | 'checkAddress'
  | 'redirect'
  | 'openSite'
  | 'setKey'
  | 'unlockKeys'
  | 'checkKey'
  | 'topUp'
  | 'loadModel'
  | 'pickModel'
  | 'prepareModel'
  | 'noAnswer';

/** Tests the way to a provider, step by step, by the question that every service answers for nothing. */
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { ErrorData, ErrorKind } from '../errors';
import { hostPattern } from '../host-pattern';
import { checkOrder, type CheckRemedy, type CheckStep } from '../check-step';
import {
  settingsOf,
  type ModelDescription,
  type Provider,
  type ProviderContext,
} from '../provider';
import { errorDataOf } from '../provider-error';
import { modelParts } from '../stream/model-parts';

/** Milliseconds. */
const TIME_LIMIT = 20_000;
/** A model may have to be loaded first. */
const STREAM_TIME_LIMIT = 2 * 60_000;
/** OpenAI's least. */
const FEW_TOKENS = 16;

type StepId = (typeof checkOrder)[number];
type Found = Omit<CheckStep, 'id'>;

/** What a test is made with; nothing of the browser. */
export interface Check {
  provider: Provider;
  /** Throws `no-key` or `key-locked` where the key is wanting. */
  openContext: () => Promise<ProviderContext>;
  address: string;
  /** Whether the extension may reach this match pattern. */
  isAllowed: (pattern: string) => Promise<boolean>;
  model?: string | undefined;
  /** Is told the steps so far, whenever more are found. */
  onSteps?: (steps: CheckStep[]) => void;
}

/** What was found at each step; after the first that failed the others are skipped. */
export async function checkProvider(check: Check): Promise<CheckStep[]> {
  const { provider, address } = check;
  if (provider.description.kind === 'browser') {
    return stepsOf({ model: await checkBuiltIn(await check.openContext()) });
  }
  const pattern = hostPattern(address);
  if (!pattern) return stepsOf({ access: failed('checkAddress') });
  if (!(await check.isAllowed(pattern))) return stepsOf({ access: failed('allowAccess') });
  let context: ProviderContext;
  try {
    context = await check.openContext();
  } catch (error) {
    const isLocked = errorDataOf(error).kind === 'key-locked';
    return stepsOf({ access: ok(), key: failed(isLocked ? 'unlockKeys' : 'setKey') });
  }
  return ask(check, context);
}

async function checkBuiltIn({ builtIn }: ProviderContext): Promise<Found> {
  const isReady = (await builtIn?.availability()) === 'available';
  return isReady ? ok() : failed('prepareModel');
}

/** Asks for the models; where a service has no such list, for its page. */
async function ask(check: Check, context: ProviderContext): Promise<CheckStep[]> {
  const { provider, address, onSteps = () => undefined } = check;
  const isSecure = address.startsWith('https:');
  const reached = { access: ok(), reachable: ok(), tls: isSecure ? ok() : skipped() };
  onSteps(firstSteps(reached, 'access'));
  const seen = watched(context, () => onSteps(firstSteps(reached, 'tls')));
  try {
    const models = await listModels(provider, seen.context);
    return stepsOf({
      ...reached,
      origin: await originStep(provider, context),
      path: { ...ok(), ...seen.first },
      key: context.key ? ok() : skipped(),
      model: modelStep(models, check.model),
    });
  } catch (error) {
    const { last: answer } = seen;
    if (!answer && errorDataOf(error).kind === 'unauthorized') {
      return stepsOf({ access: ok(), key: failed('checkKey') });
    }
    if (!answer) return stepsOf({ access: ok(), reachable: failed(unreachable(check, error)) });
    const [step, found] = await explain(check, context, error);
    return stepsOf({ ...reached, ...passedBefore(step), [step]: { ...found, ...answer } });
  }
}

async function listModels(
  provider: Provider,
  context: ProviderContext,
): Promise<ModelDescription[]> {
  const signal = AbortSignal.timeout(TIME_LIMIT);
  if (provider.listModels) return provider.listModels(context, signal);
  const page = `${context.settings['address']}/`;
  const { ok: isOk, body } = await context.fetch(page, { signal, credentials: 'include' });
  await body?.cancel();
  if (!isOk) throw new Error('refused');
  return provider.description.models;
}

/**
 * Whether a request that names its origin is let in, which a question for the models does not. It has
 * neither a prompt nor a model.
 */
async function originStep(provider: Provider, context: ProviderContext): Promise<Found> {
  if (provider.description.kind !== 'local') return ok();
  const { kind } = await firstPiece(provider, '', context, { prompt: [], maxOutputTokens: 1 });
  return kind === 'origin-refused' ? failed(originRemedy(provider)) : ok();
}

function originRemedy({ description }: Provider): CheckRemedy {
  return description.originSetting ? 'originSetting' : 'checkOrigin';
}

/** Which step an answer failed at, and what helps. */
async function explain(
  check: Check,
  context: ProviderContext,
  error: unknown,
): Promise<[StepId, Found]> {
  const { provider } = check;
  if (!provider.listModels) return ['path', failed('openSite')];
  switch (errorDataOf(error).kind) {
    case 'origin-refused':
      return ['origin', failed(originRemedy(provider))];
    case 'unauthorized':
      return ['key', failed(context.key ? 'checkKey' : 'setKey')];
    case 'quota':
      return ['key', failed('topUp')];
    case 'redirected':
      return ['path', failed('redirect')];
    case 'not-found':
    case 'bad-reply': {
      const address = await betterAddress(check, context);
      return ['path', address ? { ...failed('useAddress'), address } : failed('checkAddress')];
    }
    default:
      return ['path', failed('waitForServer')];
  }
}

/** The same address with the path that people forget, `/v1` or the service's own, if it answers there. */
async function betterAddress(
  { provider, address }: Check,
  context: ProviderContext,
): Promise<string | undefined> {
  if (/\/v\d\w*$/u.test(address)) return undefined;
  const usual = URL.parse(settingsOf(provider.description)['address'] ?? '')?.pathname ?? '/';
  for (const path of new Set(['/v1', usual.replace(/\/$/u, '')])) {
    const other = address + path;
    const settings = { ...context.settings, address: other };
    const isFound = await listModels(provider, { ...context, settings }).then(
      () => true,
      () => false,
    );
    if (isFound) return other;
  }
  return undefined;
}

/** What helps where it is the proxy that the request did not get through. */
const proxyRemedies: Partial<Record<ErrorKind, CheckRemedy>> = {
  'proxy-failed': 'checkProxy',
  'proxy-login': 'checkProxyLogin',
  'proxy-blocked': 'allowProxy',
  // The provider's own key was read before.
  'key-locked': 'unlockKeys',
};

/** `fetch` tells no difference between a server that is off, a wrong name and a bad certificate. */
function unreachable({ provider }: Check, error: unknown): CheckRemedy {
  const remedy = proxyRemedies[errorDataOf(error).kind];
  if (remedy) return remedy;
  const isSilent = error instanceof DOMException && error.name === 'TimeoutError';
  if (isSilent) return 'waitForServer';
  return provider.description.kind === 'local' ? 'startServer' : 'checkConnection';
}

function modelStep(models: ModelDescription[], model: string | undefined): Found {
  const count = models.length;
  if (count === 0) return failed('loadModel');
  if (model !== undefined && !models.some(({ id }) => id === model)) return failed('pickModel');
  return { ...ok(), count };
}

/** Sends the smallest of prompts, and tells whether the model begins to answer it. */
export async function checkStream(
  { provider, openContext }: Pick<Check, 'provider' | 'openContext'>,
  model: string,
): Promise<CheckStep> {
  const { kind, status } = await openContext().then(
    (context) =>
      firstPiece(provider, model, context, {
        prompt: [{ role: 'user', content: [{ type: 'text', text: 'Say hi' }] }],
        maxOutputTokens: FEW_TOKENS,
      }),
    errorDataOf,
  );
  const found = kind ? failed(streamRemedy(provider, kind)) : ok();
  return { id: 'stream', ...found, ...(status && { status }) };
}

function streamRemedy(provider: Provider, kind: ErrorKind): CheckRemedy {
  switch (kind) {
    case 'no-key':
      return 'setKey';
    case 'key-locked':
      return 'unlockKeys';
    case 'unauthorized':
      return 'checkKey';
    case 'quota':
      return 'topUp';
    case 'not-found':
      return 'pickModel';
    case 'origin-refused':
      return originRemedy(provider);
    case 'human-check':
      return 'openSite';
    case 'rate-limited':
    case 'overloaded':
    case 'server-fault':
      return 'waitForServer';
    default:
      return 'noAnswer';
  }
}

/** Lets go at the first piece of an answer; tells the error that came in its place. */
async function firstPiece(
  provider: Provider,
  model: string,
  context: ProviderContext,
  options: LanguageModelV4CallOptions,
): Promise<Partial<ErrorData>> {
  const controller = new AbortController();
  const abortSignal = AbortSignal.any([controller.signal, AbortSignal.timeout(STREAM_TIME_LIMIT)]);
  try {
    const answering = provider.languageModel(model, context);
    const { stream } = await answering.doStream({ ...options, abortSignal });
    await modelParts(stream).next();
    return {};
  } catch (error) {
    return errorDataOf(error);
  } finally {
    controller.abort();
  }
}

interface Seen {
  context: ProviderContext;
  /** What was answered to the first request, and to the last. */
  first?: { status: number };
  last?: { status: number };
}

/** A context that remembers what was answered, and tells the first time. */
function watched(context: ProviderContext, onAnswer: () => void): Seen {
  const fetch: ProviderContext['fetch'] = async (url, init) => {
    const response = await context.fetch(url, init);
    seen.last = { status: response.status };
    if (!seen.first) onAnswer();
    seen.first ??= seen.last;
    return response;
  };
  const seen: Seen = { context: { ...context, fetch } };
  return seen;
}

function passedBefore(step: StepId): Partial<Record<StepId, Found>> {
  // What was refused for want of a key was asked at the right place.
  return Object.fromEntries(
    checkOrder
      .slice(checkOrder.indexOf('origin'), checkOrder.indexOf(step))
      .map((id) => [id, ok()]),
  );
}

function stepsOf(found: Partial<Record<StepId, Found>>): CheckStep[] {
  return checkOrder.map((id) => ({ id, ...(found[id] ?? skipped()) }));
}

/** The steps up to this one, where the others are still to be found. */
function firstSteps(found: Partial<Record<StepId, Found>>, last: StepId): CheckStep[] {
  return stepsOf(found).slice(0, checkOrder.indexOf(last) + 1);
}

function ok(): Found {
  return { outcome: 'ok' };
}

function skipped(): Found {
  return { outcome: 'skipped' };
}

function failed(remedy: CheckRemedy): Found {
  return { outcome: 'failed', remedy };
}

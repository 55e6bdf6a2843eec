/** Tests the way to a provider, step by step, by the question that every service answers for nothing. */
import { hostPattern } from '../host-pattern';
import { checkOrder, type CheckRemedy, type CheckStep } from '../check-step';
import {
  kindAt,
  settingsOf,
  type ModelDescription,
  type Provider,
  type ProviderContext,
} from '../provider';
import { errorDataOf } from '../provider-error';
import { firstPieces } from './check-answer';
import { keyRemedy, originRemedy, reachRemedy } from './check-remedies';

/** Milliseconds. */
const TIME_LIMIT = 20_000;

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
  /** Ends the test: nobody waits for it any more. */
  signal: AbortSignal;
  /** Is told the steps so far, whenever more are found. */
  onSteps?: (steps: CheckStep[]) => void;
}

/** What was found at each step; after the first that failed the others are skipped. */
export async function checkProvider(check: Check): Promise<CheckStep[]> {
  const { provider, address } = check;
  if (provider.description.kind === 'browser') {
    return stepsOf({ model: await checkBuiltIn(await check.openContext()) }, skipped());
  }
  const pattern = hostPattern(address);
  if (!pattern) return stepsOf({ access: failed('checkAddress') });
  const tls = address.startsWith('https:') ? untested() : skipped();
  if (!(await check.isAllowed(pattern))) return stepsOf({ access: failed('allowAccess'), tls });
  let context: ProviderContext;
  try {
    context = await check.openContext();
  } catch (error) {
    return stepsOf({ access: ok(), tls, key: failed(keyRemedy(error)) });
  }
  return ask(check, context, tls);
}

async function checkBuiltIn({ builtIn }: ProviderContext): Promise<Found> {
  const isReady = (await builtIn?.availability()) === 'available';
  return isReady ? ok() : failed('prepareModel');
}

/** Asks for the models; where a service has no such list, for its page. */
async function ask(check: Check, context: ProviderContext, tls: Found): Promise<CheckStep[]> {
  const { provider, address, signal, onSteps = () => undefined } = check;
  const isSecure = address.startsWith('https:');
  const reached = { access: ok(), reachable: ok(), tls: isSecure ? ok() : tls };
  onSteps(firstSteps(reached, 'access'));
  const seen = watched(context, () => onSteps(firstSteps(reached, 'tls')));
  try {
    const models = await listModels(provider, seen.context, signal);
    return stepsOf({
      ...reached,
      origin: await originStep(check, context),
      path: { ...ok(), ...seen.passed },
      key: context.key ? ok() : skipped(),
      model: modelStep(models, check.model),
    });
  } catch (error) {
    const { last: answer } = seen;
    const { kind } = errorDataOf(error);
    if (!answer && kind === 'unauthorized') {
      return stepsOf({ access: ok(), tls, key: failed('checkKey') });
    }
    if (!answer) {
      const remedy = reachRemedy(provider.description, address, kind);
      return stepsOf({ access: ok(), tls, reachable: failed(remedy) });
    }
    const [step, found] = await explain(check, context, error);
    return stepsOf({ ...reached, ...passedBefore(step), [step]: { ...found, ...answer } });
  }
}

async function listModels(
  provider: Provider,
  context: ProviderContext,
  ending: AbortSignal,
): Promise<ModelDescription[]> {
  const signal = AbortSignal.any([AbortSignal.timeout(TIME_LIMIT), ending]);
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
async function originStep(
  { provider, address, signal }: Check,
  context: ProviderContext,
): Promise<Found> {
  const { description } = provider;
  if (kindAt(description, address) !== 'local') return ok();
  const seen = watched(context);
  const asked = { prompt: [], maxOutputTokens: 1 };
  const { error } = await firstPieces(provider, '', seen.context, asked, signal);
  if (error?.kind === 'origin-refused') return failed(originRemedy(description));
  // A program that only draws is not asked: it would draw.
  return seen.last ? ok() : untested();
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
      return ['origin', failed(originRemedy(provider.description))];
    case 'unauthorized':
      return ['key', failed(context.key ? 'checkKey' : 'setKey')];
    case 'quota':
      return ['key', failed('topUp')];
    case 'redirected':
      return ['path', failed('redirect')];
    case 'not-found':
    case 'no-model':
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
  { provider, address, signal }: Check,
  context: ProviderContext,
): Promise<string | undefined> {
  if (/\/v\d\w*$/u.test(address)) return undefined;
  const usual = URL.parse(settingsOf(provider.description)['address'] ?? '')?.pathname ?? '/';
  for (const path of new Set(['/v1', usual.replace(/\/$/u, '')])) {
    const other = address + path;
    const settings = { ...context.settings, address: other };
    const isFound = await listModels(provider, { ...context, settings }, signal).then(
      () => true,
      () => false,
    );
    if (isFound) return other;
  }
  return undefined;
}

function modelStep(models: ModelDescription[], model: string | undefined): Found {
  const count = models.length;
  if (count === 0) return failed('loadModel');
  if (model !== undefined && !models.some(({ id }) => id === model)) return failed('pickModel');
  return { ...ok(), count };
}

interface Seen {
  context: ProviderContext;
  /** The first answer that was no failure, and the last answer. */
  passed?: { status: number };
  last?: { status: number };
}

/** A context that remembers what was answered, and tells the first time. */
function watched(context: ProviderContext, onAnswer: () => void = () => undefined): Seen {
  const fetch: ProviderContext['fetch'] = async (url, init) => {
    const response = await context.fetch(url, init);
    if (!seen.last) onAnswer();
    seen.last = { status: response.status };
    if (response.ok) seen.passed ??= seen.last;
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

/** All steps; what was not looked at is untested unless told. */
function stepsOf(found: Partial<Record<StepId, Found>>, others: Found = untested()): CheckStep[] {
  return checkOrder.map((id) => ({ id, ...(found[id] ?? others) }));
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

function untested(): Found {
  return { outcome: 'untested' };
}

function failed(remedy: CheckRemedy): Found {
  return { outcome: 'failed', remedy };
}

import { expect, it } from 'vitest';
import type { CheckStep } from '@/lib/check-step';
import { withTypedModels } from '@/lib/worker/typed-check';

const failed = (id: CheckStep['id'], remedy: CheckStep['remedy'], status?: number): CheckStep => ({
  id,
  outcome: 'failed',
  ...(remedy && { remedy }),
  ...(status && { status }),
});

it.each<[string, CheckStep, boolean]>([
  ['nothing at the path', failed('path', 'checkAddress', 404), true],
  ['a page at the path', failed('path', 'checkAddress', 200), true],
  ['a list that is refused', failed('path', 'waitForServer', 405), true],
  ['a model that the list lacks', failed('model', 'pickModel'), true],
  ['an empty list', failed('model', 'loadModel'), true],
  ['a better address', failed('path', 'useAddress', 404), false],
  ['an address that leads elsewhere', failed('path', 'redirect', 302), false],
  ['a fault of the server', failed('path', 'waitForServer', 500), false],
  ['a limit', failed('path', 'waitForServer', 429), false],
  ['a wrong key', failed('key', 'checkKey', 401), false],
  ['a server that is off', failed('reachable', 'startServer'), false],
])('%s is no failure where a model was typed: %j %s', (_, step, isForgiven) => {
  const [found] = withTypedModels([step], { model: 'mine', typedModels: ['mine'] });
  const { id, status } = step;
  expect(found).toEqual(isForgiven ? { id, outcome: 'untested', ...(status && { status }) } : step);
  expect(withTypedModels([step], { model: 'mine', typedModels: [] })).toEqual([step]);
});

it('a model that is gone is a failure, whatever others were typed', () => {
  const gone = failed('model', 'pickModel');
  expect(withTypedModels([gone], { model: 'old', typedModels: ['mine'] })).toEqual([gone]);
});

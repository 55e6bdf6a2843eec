/** What a test of a connection means where the person typed the names of models. */
import type { CheckStep } from '../check-step';

/** Statuses that say more of the server than of the path: come again later. */
const PASSING = [408, 429];

/**
 * A list that is missing at the right address, or that lacks a typed model, is no failure then: the
 * steps that look at it count as untested, and the tiny prompt decides.
 */
export function withTypedModels(
  steps: CheckStep[],
  { model, typedModels }: { model: string | undefined; typedModels: string[] },
): CheckStep[] {
  const isTyped = model !== undefined && typedModels.includes(model);
  return steps.map((step) => {
    const isForgiven =
      (isTyped && isAbsence(step)) || (typedModels.length > 0 && isListMissing(step));
    if (!isForgiven) return step;
    const { id, status } = step;
    return { id, outcome: 'untested', ...(status && { status }) };
  });
}

function isAbsence({ id, remedy }: CheckStep): boolean {
  return id === 'model' && (remedy === 'pickModel' || remedy === 'loadModel');
}

/** Nothing there, no list there, or the question was refused; no other address answers it. */
function isListMissing({ id, remedy, status = 0 }: CheckStep): boolean {
  if (id !== 'path') return false;
  const isRefused = status >= 400 && status < 500 && !PASSING.includes(status);
  return remedy === 'checkAddress' || (remedy === 'waitForServer' && isRefused);
}

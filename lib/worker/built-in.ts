import type { BuiltInModel } from '../provider';

/** The browser's own model; undefined where the browser has none. */
export function findBuiltIn(): BuiltInModel | undefined {
  const found: unknown = Reflect.get(globalThis, 'LanguageModel');
  return isBuiltIn(found) ? found : undefined;
}

/** It is a class, whose methods stand on itself. */
function isBuiltIn(value: unknown): value is BuiltInModel {
  return typeof value === 'function' && 'availability' in value && 'create' in value;
}

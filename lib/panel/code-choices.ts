/**
 * What a person chose for a block of code. Of a long conversation only a part stands in the document,
 * so that a block may be drawn anew while the page is open.
 */
export interface CodeChoices {
  isWrapped: boolean;
  /** Whether it is shown whole though it is long. */
  isOpen: boolean;
}

/** So many are kept. */
const MOST = 200;

const kept = new Map<string, CodeChoices>();

/** The choices for the block with this code. */
export function keptChoices(code: string): CodeChoices {
  return kept.get(code) ?? { isWrapped: false, isOpen: false };
}

export function keepChoices(code: string, choices: CodeChoices): void {
  kept.delete(code);
  if (choices.isWrapped || choices.isOpen) kept.set(code, choices);
  for (const oldest of kept.keys()) if (kept.size > MOST) kept.delete(oldest);
}

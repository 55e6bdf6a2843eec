/**
 * What a person chose for a block of code. Of a long conversation only a part stands in the document,
 * so that a block may be drawn anew while the page is open.
 */
export interface CodeChoices {
  isWrapped: boolean;
  /** Whether it is shown whole though it is long. */
  isOpen: boolean;
}

const kept = new Map<string, CodeChoices>();

/** The choices for the block with this code. */
export function keptChoices(code: string): CodeChoices {
  return kept.get(code) ?? { isWrapped: false, isOpen: false };
}

export function keepChoices(code: string, choices: CodeChoices): void {
  if (choices.isWrapped || choices.isOpen) kept.set(code, choices);
  else kept.delete(code);
}

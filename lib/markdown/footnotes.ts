/** The notes of a text, in the order in which it speaks of them. */
import type { FootnoteDefinition, FootnoteReference, Nodes } from 'mdast';
import type { Block } from './parse';

/** A note and where the text first speaks of it. */
export interface Footnote {
  /** From 1 on. */
  number: number;
  definition: FootnoteDefinition;
  /** Undefined where no text speaks of it. */
  reference: FootnoteReference | undefined;
}

export function footnotesOf(blocks: Block[]): Footnote[] {
  if (!blocks.some(({ node }) => hasNotes(node))) return [];
  const definitions = new Map<string, FootnoteDefinition>();
  const notes = new Map<string, Footnote>();
  for (const { node } of blocks) collect(node, definitions);
  const addReferences = (node: Nodes) => {
    if (node.type === 'footnoteReference') {
      const definition = definitions.get(node.identifier);
      if (!definition || notes.has(node.identifier)) return;
      notes.set(node.identifier, { number: notes.size + 1, definition, reference: node });
    } else if ('children' in node && node.type !== 'footnoteDefinition') {
      for (const child of node.children) addReferences(child);
    }
  };
  for (const { node } of blocks) addReferences(node);
  // A map shows what is added while it is gone through: notes that notes speak of.
  for (const { definition } of notes.values()) definition.children.forEach(addReferences);
  for (const [identifier, definition] of definitions) {
    if (notes.has(identifier)) continue;
    notes.set(identifier, { number: notes.size + 1, definition, reference: undefined });
  }
  return [...notes.values()];
}

const known = new WeakMap<Nodes, boolean>();

/** Also within a quote or a list; settled blocks are looked at once. */
function hasNotes(node: Nodes): boolean {
  const told = known.get(node);
  if (told !== undefined) return told;
  const has =
    node.type === 'footnoteDefinition' || ('children' in node && node.children.some(hasNotes));
  known.set(node, has);
  return has;
}

function collect(node: Nodes, definitions: Map<string, FootnoteDefinition>): void {
  // The first of a name counts.
  if (node.type === 'footnoteDefinition' && !definitions.has(node.identifier)) {
    definitions.set(node.identifier, node);
  }
  if ('children' in node) for (const child of node.children) collect(child, definitions);
}

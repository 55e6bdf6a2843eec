/** What a text defines at one place and names at another: addresses of links, and footnotes. */
import type { Definition, FootnoteDefinition, Nodes, Parents, RootContent } from 'mdast';
import { NOTE } from './syntax';

/** What is defined, by the name by which the parser asks for it. */
export type Definitions = Map<string, Definition | FootnoteDefinition>;

/** Adds what the blocks define, also within a quote or a list; returns the names that are new. */
export function addDefinitions(nodes: Nodes[], known: Definitions): string[] {
  return nodes.flatMap((node) => {
    const inside = 'children' in node ? addDefinitions(node.children, known) : [];
    if (node.type !== 'definition' && node.type !== 'footnoteDefinition') return inside;
    const name = nameOf(node);
    // The first definition of a name counts.
    if (known.has(name)) return inside;
    known.set(name, node);
    return [name, ...inside];
  });
}

function nameOf(node: { type: string; identifier: string }): string {
  const name = node.identifier.toUpperCase();
  return node.type === 'footnoteDefinition' ? NOTE + name : name;
}

/** Turns `[text][1]` and `![alt][1]` into the links and images that are defined somewhere. */
export function resolveReferences(nodes: RootContent[], ...known: Definitions[]): void {
  for (const node of nodes) if ('children' in node) resolveIn(node, known);
}

function resolveIn(parent: Parents, known: Definitions[]): void {
  parent.children.forEach((child, index) => {
    if ('children' in child) resolveIn(child, known);
    if (child.type !== 'linkReference' && child.type !== 'imageReference') return;
    const name = nameOf(child);
    const definition = known.find((one) => one.has(name))?.get(name);
    if (definition?.type !== 'definition') return;
    const { url, title = null } = definition;
    parent.children[index] =
      child.type === 'imageReference'
        ? { type: 'image', url, title, alt: child.alt ?? null }
        : { type: 'link', url, title, children: child.children };
  });
}

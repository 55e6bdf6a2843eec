import type { Nodes, Parents, RootContent } from 'mdast';

/** Turns `[text][1]` and `![alt][1]` into the links and images that the text defines somewhere. */
export function resolveReferences(nodes: RootContent[]): void {
  const urls = new Map<string, string>();
  for (const node of nodes) collect(node, urls);
  for (const node of nodes) if ('children' in node) resolveIn(node, urls);
}

function collect(node: Nodes, urls: Map<string, string>): void {
  // The first definition of a name counts.
  if (node.type === 'definition' && !urls.has(node.identifier)) urls.set(node.identifier, node.url);
  if ('children' in node) for (const child of node.children) collect(child, urls);
}

function resolveIn(parent: Parents, urls: Map<string, string>): void {
  parent.children.forEach((child, index) => {
    if (child.type === 'imageReference') {
      const url = urls.get(child.identifier);
      if (url !== undefined)
        parent.children[index] = { type: 'image', url, alt: child.alt ?? null };
      return;
    }
    if (!('children' in child)) return;
    resolveIn(child, urls);
    if (child.type !== 'linkReference') return;
    const url = urls.get(child.identifier);
    if (url !== undefined) parent.children[index] = { type: 'link', url, children: child.children };
  });
}

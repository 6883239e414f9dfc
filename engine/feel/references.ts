import type { Node } from './syntax/expressionTree.ts';

/**
 * The variables that an expression reads, each once, as they stand in it: of `a.b` it is `a`. What the expression names itself
 * (entries of contexts, iterators, parameters) is none. Within a filter a name may be an entry of the items; it is given too.
 */
export function referencesOf(tree: Node): string[] {
  const found = new Set<string>();
  collect(tree, new Set(), found);
  return [...found];
}

function collect(part: unknown, own: ReadonlySet<string>, found: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  if (part instanceof Map || Array.isArray(part)) {
    for (const each of part.values()) collect(each, own, found);
    return;
  }
  const node = part as Node;
  switch (node.kind) {
    case 'literal':
      return;
    case 'variable':
      if (!own.has(node.name)) found.add(node.name);
      return;
    case 'context': {
      const known = new Set(own);
      for (const { name, value } of node.entries) {
        collect(value, known, found);
        known.add(name);
      }
      return;
    }
    case 'for':
    case 'some':
    case 'every': {
      const known = new Set(own);
      for (const { name, over } of node.iterators) {
        collect(over, known, found);
        known.add(name);
      }
      if (node.kind !== 'for') collect(node.condition, known, found);
      else collect(node.body, known.add('partial'), found);
      return;
    }
    case 'filter':
      collect(node.of, own, found);
      collect(node.condition, new Set(own).add('item'), found);
      return;
    case 'function':
      collect(node.body, new Set([...own, ...node.parameters]), found);
      return;
    default:
      for (const inner of Object.values(node)) collect(inner, own, found);
  }
}

import { escapeStep } from './place.ts';
import type { SchemaDocument } from './schemaDocument.ts';
import type { SchemaNode } from './schemaNode.ts';
import { isObject } from './words.ts';

const onSameValue = ['not', 'if', 'then', 'else'];
const listsOnSameValue = ['allOf', 'anyOf', 'oneOf'];

/** Schemas that a schema asks about the very same value, with the pointer of the keyword that asks. */
function asked(node: SchemaNode, document: SchemaDocument): { node: SchemaNode; by: string }[] {
  const { schema, pointer } = node;
  if (!isObject(schema)) return [];
  const found: { node: SchemaNode; by: string }[] = [];
  const take = (target: SchemaNode | undefined, by: string) => target && found.push({ node: target, by });
  for (const keyword of ['$ref', '$dynamicRef']) {
    const reference = schema[keyword];
    if (typeof reference === 'string') take(document.resolve(reference, node), `${pointer}/${keyword}`);
  }
  for (const keyword of onSameValue)
    if (Object.hasOwn(schema, keyword))
      take(document.nodes.get(`${pointer}/${keyword}`), `${pointer}/${keyword}`);
  for (const keyword of listsOnSameValue) {
    const list = schema[keyword];
    if (!Array.isArray(list)) continue;
    list.forEach((_, index) => {
      const at = `${pointer}/${keyword}/${index}`;
      take(document.nodes.get(at), at);
    });
  }
  if (isObject(schema.dependentSchemas)) {
    for (const name of Object.keys(schema.dependentSchemas)) {
      const at = `${pointer}/dependentSchemas/${escapeStep(name)}`;
      take(document.nodes.get(at), at);
    }
  }
  return found;
}

/** Pointers of keywords that lead back to a schema which is still being asked about the same value: it would never end. */
export function circlesIn(document: SchemaDocument): string[] {
  const found: string[] = [];
  const done = new Set<SchemaNode>();
  const under = new Set<SchemaNode>();
  for (const start of document.nodes.values()) {
    if (done.has(start)) continue;
    const path = [{ node: start, next: asked(start, document) }];
    under.add(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const step = top.next.pop();
      if (!step) {
        path.pop();
        under.delete(top.node);
        done.add(top.node);
      } else if (under.has(step.node)) found.push(step.by);
      else if (!done.has(step.node)) {
        under.add(step.node);
        path.push({ node: step.node, next: asked(step.node, document) });
      }
    }
  }
  return found;
}

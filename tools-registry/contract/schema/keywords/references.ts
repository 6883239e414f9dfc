import type { Keyword, SchemaNode, Visit } from '../schemaNode.ts';
import { quoted } from '../words.ts';

function unresolved(keyword: string, name: string, { at, reasons }: Visit): false {
  reasons?.push({
    at,
    keyword,
    expected: 'to be checked by its schema',
    found: `the schema has no ${quoted(name)} that its ${keyword} names`,
  });
  return false;
}

export const $ref: Keyword = (operand, { resolve }) => {
  if (typeof operand !== 'string') return undefined;
  let target: SchemaNode | undefined;
  return (visit) => {
    target ??= resolve(operand);
    if (!target) return unresolved('$ref', operand, visit);
    return visit.walk.meets(target, visit.value, visit.at, visit.reasons, visit.evaluated);
  };
};

/** Core, section 8.2.3.2: where the name is a `$dynamicAnchor`, the outermost resource on the way here that has it decides. */
export const $dynamicRef: Keyword = (operand, { resolve, at: schemaAt }) => {
  if (typeof operand !== 'string') return undefined;
  const name = /#([^/].*)$/.exec(operand)?.[1];
  return (visit) => {
    const { walk, value, at, reasons, evaluated } = visit;
    let target = resolve(operand);
    if (!target) return unresolved('$dynamicRef', operand, visit);
    if (name !== undefined && target.resource.dynamicAnchors.get(name) === target.pointer) {
      const outermost = walk.scope.find(({ dynamicAnchors }) => dynamicAnchors.has(name));
      if (outermost) target = schemaAt(outermost.dynamicAnchors.get(name)!) ?? target;
    }
    return walk.meets(target, value, at, reasons, evaluated);
  };
};

import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Node } from './syntax/expressionTree.ts';
import { emptyContext } from './values/kinds.ts';
import { isNumber } from './values/number.ts';
import { Special } from './values/special.ts';
import type { Value } from './values/value.ts';

/** What an expression is worth when it stands there as it is; the failure is the part that does not: signs and null among them. */
export function constantValue(node: Node): Result<Value, Node> {
  if (
    node.kind === 'literal' &&
    node.value !== null &&
    !(node.value instanceof Special && !isNumber(node.value))
  )
    return ok(node.value);
  if (node.kind === 'list') {
    const items: Value[] = [];
    for (const item of node.items) {
      const constant = constantValue(item);
      if (!constant.ok) return constant;
      items.push(constant.value);
    }
    return ok(items);
  }
  if (node.kind !== 'context') return failed(node);
  const context = emptyContext();
  for (const { name, value } of node.entries) {
    const constant = constantValue(value);
    if (!constant.ok) return constant;
    context[name] = constant.value;
  }
  return ok(context);
}

/** Calls of a function by its name, wherever they stand, in the order in which they are written. */
export function callsOf(name: string, node: unknown): (Node & { kind: 'call' })[] {
  if (typeof node !== 'object' || node === null) return [];
  const parts = node instanceof Map ? [...node.values()] : Object.values(node);
  const inner = parts.flatMap((part) => callsOf(name, part));
  const isCall = 'kind' in node && node.kind === 'call' && 'name' in node && node.name === name;
  return isCall ? [node as Node & { kind: 'call' }, ...inner] : inner;
}

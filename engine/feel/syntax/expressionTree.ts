import type { Value } from '../values/value.ts';

/** What an expression is made of. Operators of one rank stand flat (`1 + 2 - 3` is one node), so that long chains stay shallow. */
export type Node =
  | { kind: 'literal'; value: Value }
  | { kind: 'list'; items: Node[] }
  | { kind: 'context'; entries: { name: string; value: Node }[] }
  | RangeNode
  /** With the path that follows it: a missing variable is told once and ends it. */
  | { kind: 'variable'; name: string; path: string[] }
  /** `?`, the value that a unary test looks at. */
  | { kind: 'input' }
  | { kind: 'path'; of: Node; name: string }
  | { kind: 'filter'; of: Node; condition: Node }
  | { kind: 'negation'; of: Node }
  | { kind: 'arithmetic'; first: Node; rest: { operator: ArithmeticOperator; operand: Node }[] }
  | { kind: 'comparison'; operator: ComparisonOperator; left: Node; right: Node }
  | { kind: 'instance of'; of: Node; type: string }
  | { kind: 'in'; of: Node; test: Node }
  | { kind: 'and' | 'or'; conditions: Node[] }
  | { kind: 'if'; condition: Node; then: Node; otherwise: Node }
  | { kind: 'for'; iterators: Iterator[]; body: Node }
  | { kind: 'some' | 'every'; iterators: Iterator[]; condition: Node }
  /** `1..3` after `in` of an iterator. */
  | { kind: 'iteration'; start: Node; end: Node }
  | { kind: 'function'; parameters: string[]; body: Node }
  | CallNode
  // unary tests
  | { kind: 'input compares'; operator: Exclude<ComparisonOperator, '!='>; with: Node }
  | { kind: 'input in range'; range: RangeNode }
  | { kind: 'test'; of: Node }
  | { kind: 'not'; of: Node };

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '=' | '!=';

export interface RangeNode {
  kind: 'range';
  start: Node;
  startIncluded: boolean;
  end: Node;
  endIncluded: boolean;
}

export interface Iterator {
  name: string;
  over: Node;
}

export interface CallNode {
  kind: 'call';
  /** The context whose function is called, for `a.f(1)`. */
  of: Node | undefined;
  name: string;
  arguments: { by: 'position'; values: Node[] } | { by: 'name'; values: Map<string, Node> };
}

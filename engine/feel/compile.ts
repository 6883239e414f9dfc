import { arithmetic, isExpected } from './arithmetic.ts';
import { compileCall } from './calls.ts';
import { type Evaluation, type Frame, variableIn, within } from './evaluation.ts';
import type { Functions } from './functions/builtin.ts';
import { compileFor, compileQuantifier, compileSteps } from './iterations.ts';
import type { ComparisonOperator, Node, RangeNode } from './syntax/expressionTree.ts';
import { compileTest } from './tests.ts';
import { equals, isComparable, order } from './values/comparison.ts';
import { Failure, InputMissing } from './values/failure.ts';
import { FeelFunction } from './values/function.ts';
import { describe, emptyContext, entriesOf, isContext, kindOf, typeName } from './values/kinds.ts';
import { compareNumbers, isNegative, isNumber, negate, toDouble } from './values/number.ts';
import { Range } from './values/range.ts';
import { Special } from './values/special.ts';
import type { Context, FeelNumber, Value } from './values/value.ts';

/** An expression made ready to run. */
export type Code = (frame: Frame) => Value;

export interface Compiler {
  readonly functions: Functions;
  compile(node: Node): Code;
}

export function compile(root: Node, functions: Functions): Code {
  const compiler: Compiler = { functions, compile: (node) => compileNode(node, compiler) };
  return compiler.compile(root);
}

function compileNode(node: Node, compiler: Compiler): Code {
  const of = compiler.compile;
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'list':
      return compileList(node.items.map((item) => told(item, of(item))));
    case 'context':
      return compileContext(
        node.entries.map(({ name, value }) => ({ name, code: told(value, of(value)) })),
        contains(node, 'function'),
      );
    case 'range':
      return compileRange(node, of);
    case 'variable':
      return compileVariable(node.name, node.path);
    case 'input':
      return readInput;
    case 'path': {
      const [code, { name }] = [of(node.of), node];
      return (frame) => path(code(frame), name, frame.evaluation);
    }
    case 'filter':
      return compileFilter(node.of, node.condition, of);
    case 'negation': {
      const code = of(node.of);
      return (frame) => {
        const value = code(frame);
        return isExpected(value, 'number', frame.evaluation) ? negate(value as FeelNumber) : null;
      };
    }
    case 'arithmetic':
      return compileArithmetic(node, of);
    case 'comparison':
      return compileComparison(node.operator, of(node.left), of(node.right));
    case 'instance of': {
      const [code, { type }] = [of(node.of), node];
      return (frame) => instanceOf(code(frame), type);
    }
    case 'in': {
      const [code, test] = [of(node.of), of(node.test)];
      return (frame) => {
        const input = code(frame);
        return input instanceof Failure ? input : test(within(frame, { [INPUT]: input }, false));
      };
    }
    case 'and':
    case 'or':
      return compileChain(node.kind, node.conditions.map(of));
    case 'if': {
      const [condition, then, otherwise] = [of(node.condition), of(node.then), of(node.otherwise)];
      return (frame) => {
        const met = condition(frame);
        if (met === true) return then(frame);
        if (met !== false) isExpected(met, 'boolean', frame.evaluation);
        return otherwise(frame);
      };
    }
    case 'for':
      return compileFor(node, compiler);
    case 'iteration':
      return compileSteps(node, compiler);
    case 'some':
    case 'every':
      return compileQuantifier(node, compiler);
    case 'function': {
      const [body, { parameters }] = [of(node.body), node];
      const work = workOf(node.body);
      return (frame) =>
        new FeelFunction(parameters, (values) => {
          const names = emptyContext();
          for (const [index, name] of parameters.entries()) names[name] = values[index] ?? null;
          frame.evaluation.charge(work);
          return frame.evaluation.called(() => body(within(frame, names, false)));
        });
    }
    case 'call':
      return compileCall(node, compiler);
    case 'input compares':
    case 'input in range':
    case 'test':
    case 'not':
      return compileTest(node, compiler);
  }
}

/** The name under which a test finds the value it looks at; `?` reads the same. */
export const INPUT = 'cellInput';
export const INPUT_SYMBOL = '?';

function readInput(frame: Frame): Value {
  const value = variableIn(frame, INPUT_SYMBOL);
  if (value !== undefined) return value;
  throw new InputMissing("No input value available. '?' can only be used inside an unary-test expression.");
}

function compileVariable(name: string, names: readonly string[]): Code {
  return (frame) => {
    let value = variableIn(frame, name);
    if (value !== undefined) {
      for (const one of names) value = path(value, one, frame.evaluation);
      return value;
    }
    frame.evaluation.warn('NO_VARIABLE_FOUND', `No variable found with name '${name}'`);
    return null;
  };
}

function compileList(items: readonly Code[]): Code {
  return (frame) => {
    frame.evaluation.charge(items.length);
    const list: Value[] = [];
    for (const item of items) {
      const value = item(frame);
      if (value instanceof Failure) return value;
      list.push(value);
    }
    return list;
  };
}

/** Entries see those before them; a function goes on seeing what was there when it was made. */
function compileContext(entries: readonly { name: string; code: Code }[], hasFunctions: boolean): Code {
  return (frame) => {
    frame.evaluation.charge(entries.length);
    const context = emptyContext();
    let inner = within(frame, context, true);
    for (const { name, code } of entries) {
      if (hasFunctions) inner = within(frame, Object.assign(emptyContext(), context), true);
      const value = code(inner);
      if (value instanceof Failure) return value;
      context[name] = value;
    }
    return context;
  };
}

/** In a list or a context a missing `?` is told as the real engine tells it there. */
function told(node: Node, code: Code): Code {
  if (!contains(node, 'input')) return code;
  return (frame) => {
    try {
      return code(frame);
    } catch (thrown) {
      if (!(thrown instanceof InputMissing)) throw thrown;
      return new Failure(`fatal error("${thrown.message}")`);
    }
  };
}

function contains(node: unknown, kind: Node['kind']): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === kind) return true;
  const parts = node instanceof Map ? [...node.values()] : Object.values(node);
  return parts.some((part) => contains(part, kind));
}

/** Steps that a turn of something long takes beside its own. */
export function workOf(node: Node): number {
  return Math.floor(sizeOf(node) / 8);
}

function sizeOf(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0;
  const parts = node instanceof Map ? [...node.values()] : Object.values(node);
  return parts.reduce((sum: number, part) => sum + sizeOf(part), 'kind' in node ? 1 : 0);
}

function compileRange(node: RangeNode, of: (node: Node) => Code): Code {
  const [start, end] = [of(node.start), of(node.end)];
  return (frame) => {
    const [from, to] = [start(frame), end(frame)];
    if (from instanceof Failure) return from;
    if (to instanceof Failure) return to;
    if (kindOf(from) === kindOf(to) && typeof from !== 'string' && !Array.isArray(from) && isComparable(from))
      return new Range(
        { value: from, included: node.startIncluded },
        { value: to, included: node.endIncluded },
      );
    const text = `Invalid range definition '${node.startIncluded ? '[' : '('}${describe(from)}..${describe(to)}${node.endIncluded ? ']' : ')'}'`;
    frame.evaluation.warn('INVALID_TYPE', text);
    return new Failure(text);
  };
}

export function path(value: Value, name: string, evaluation: Evaluation): Value {
  if (value instanceof Failure) return value;
  if (Array.isArray(value)) {
    evaluation.charge(value.length);
    return value.map((item) => path(item, name, evaluation));
  }
  const missing = 'NO_CONTEXT_ENTRY_FOUND';
  if (value === null) {
    evaluation.warn(missing, `No context entry found with key '${name}'. The context is null`);
    return null;
  }
  if (isContext(value)) {
    if (Object.hasOwn(value, name)) {
      const found = value[name]!;
      if (!(found instanceof FeelFunction)) return found;
    }
    const keys = entriesOf(value).map(([key]) => `'${key}'`);
    const available = keys.length === 0 ? 'The context is empty' : `Available keys: ${keys.join(', ')}`;
    evaluation.warn(missing, `No context entry found with key '${name}'. ${available}`);
    return null;
  }
  const property = value instanceof Special ? value.property(name) : undefined;
  if (property !== undefined) return property;
  const names = value instanceof Special ? value.properties.map((one) => `'${one}'`).join(', ') : '';
  evaluation.warn(
    'NO_PROPERTY_FOUND',
    `No property found with name '${name}' of value '${describe(value)}'. Available properties: ${names}`,
  );
  return null;
}

function compileArithmetic(node: Node & { kind: 'arithmetic' }, of: (node: Node) => Code): Code {
  const first = of(node.first);
  const steps = node.rest.map(({ operator, operand }) => ({
    apply: arithmetic[operator],
    operand: of(operand),
  }));
  if (steps.length === 1) {
    const [{ apply, operand }] = steps as [(typeof steps)[0]];
    return (frame) => {
      const left = first(frame);
      return apply(left, operand(frame), frame.evaluation);
    };
  }
  return (frame) => {
    let value = first(frame);
    for (const { apply, operand } of steps) value = apply(value, operand(frame), frame.evaluation);
    return value;
  };
}

const ordered: {
  readonly [operator in Exclude<ComparisonOperator, '=' | '!='>]: (order: number) => boolean;
} = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

export function compileComparison(operator: ComparisonOperator, left: Code, right: Code): Code {
  if (operator === '=' || operator === '!=') {
    const wanted = operator === '=';
    return (frame) => {
      const first = left(frame);
      const equal = areEqual(first, right(frame), frame.evaluation);
      return typeof equal === 'boolean' ? equal === wanted : wanted ? equal : null;
    };
  }
  const holds = ordered[operator];
  return (frame) => {
    const first = left(frame);
    const second = right(frame);
    if (typeof first === 'number' && typeof second === 'number') return holds(first - second);
    if (first instanceof Failure) return first;
    if (second instanceof Failure) return second;
    if (isNumber(first) && isNumber(second)) return holds(compareNumbers(first, second));
    if (isComparable(first) && isComparable(second) && kindOf(first) === kindOf(second))
      return holds(order(first, second));
    return notComparable(first, second, frame.evaluation);
  };
}

export function areEqual(left: Value, right: Value, evaluation: Evaluation): Value {
  if (left instanceof Failure) return left;
  if (right instanceof Failure) return right;
  return equals(left, right) ?? notComparable(left, right, evaluation);
}

function notComparable(left: Value, right: Value, evaluation: Evaluation): null {
  evaluation.warn('NOT_COMPARABLE', `Can't compare '${describe(left)}' with '${describe(right)}'`);
  return null;
}

const otherNames: { readonly [type: string]: string } = {
  'date time': 'date and time',
  'year-month-duration': 'years and months duration',
  'day-time-duration': 'days and time duration',
};

function instanceOf(value: Value, type: string): Value {
  if (value instanceof Failure) return value;
  if (type === 'Any') return value !== null;
  return typeName(value) === (otherNames[type] ?? type);
}

/** `and` ends at the first false, `or` at the first true; what is neither makes the whole null unless one of these follows. */
function compileChain(kind: 'and' | 'or', conditions: readonly Code[]): Code {
  const deciding = kind === 'or';
  return (frame) => chain(deciding, conditions, (condition) => condition(frame), frame.evaluation);
}

export function chain<T>(
  deciding: boolean,
  items: Iterable<T>,
  ask: (item: T) => Value,
  evaluation: Evaluation,
): Value {
  let open = false;
  for (const item of items) {
    const answer = ask(item);
    if (answer === deciding) return deciding;
    if (answer === !deciding) continue;
    // once it is null nobody is told what else is no boolean
    if (!open) isExpected(answer, 'boolean', evaluation);
    open = true;
  }
  return open ? null : !deciding;
}

function compileFilter(list: Node, condition: Node, of: (node: Node) => Code): Code {
  const [items, ask] = [of(list), of(condition)];
  const work = 1 + workOf(condition);
  const index = constantIndex(condition);
  // anything else might be an index, so it is first asked without an item
  const asksEachItem =
    condition.kind === 'call' || (condition.kind === 'comparison' && condition.operator !== '!=');
  return (frame) => {
    const { evaluation } = frame;
    const values = items(frame);
    if (!isExpected(values, 'list', evaluation)) return null;
    const all = values as Value[];
    if (index !== undefined) return itemAt(all, index);
    if (!asksEachItem) {
      const found = ask(frame);
      if (isNumber(found)) return itemAt(all, found);
    }
    evaluation.charge(all.length * work);
    const kept: Value[] = [];
    for (const [place, item] of all.entries()) {
      const answer = ask(withItem(frame, item));
      if (answer instanceof Failure) return null;
      if (place === 0 && isNumber(answer)) return itemAt(all, answer);
      if (answer === true) kept.push(item);
    }
    return kept;
  };
}

function constantIndex(node: Node): FeelNumber | undefined {
  if (node.kind === 'literal' && isNumber(node.value)) return node.value;
  if (node.kind !== 'negation' || node.of.kind !== 'literal' || !isNumber(node.of.value)) return undefined;
  return negate(node.of.value);
}

/** Counted from 1, or from the end below 0. */
function itemAt(list: readonly Value[], index: FeelNumber): Value {
  const place = toDouble(index);
  const at = isNegative(index) || place === 0 ? list.length + place : place - 1;
  return at < 0 || at >= list.length ? null : list[Math.trunc(at)]!;
}

function withItem(frame: Frame, item: Value): Frame {
  const own = within(frame, { item } satisfies Context, false);
  return isContext(item) ? within(own, item, true) : own;
}

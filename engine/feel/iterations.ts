import { isExpected } from './arithmetic.ts';
import { type Code, type Compiler, chain, workOf } from './compile.ts';
import { type Evaluation, within } from './evaluation.ts';
import type { Iterator, Node } from './syntax/expressionTree.ts';
import { Failure } from './values/failure.ts';
import { emptyContext } from './values/kinds.ts';
import { add, compareNumbers, subtract, toDouble } from './values/number.ts';
import type { Context, FeelNumber, Value } from './values/value.ts';

/** `for … return …`; the results so far go by the name `partial`. */
export function compileFor(node: Node & { kind: 'for' }, compiler: Compiler): Code {
  const combine = compileIterators(node.iterators, compiler, workOf(node.body));
  const body = compiler.compile(node.body);
  const asksForPartial = mentions(node.body, 'partial');
  return (frame) => {
    const turns = combine(frame);
    if (!turns) return null;
    const results: Value[] = [];
    for (const names of turns) {
      if (asksForPartial) {
        frame.evaluation.charge(results.length);
        names.partial = results.slice();
      }
      const value = body(within(frame, names, false));
      results.push(value instanceof Failure ? null : value);
    }
    return results;
  };
}

export function compileQuantifier(node: Node & { kind: 'some' | 'every' }, compiler: Compiler): Code {
  const combine = compileIterators(node.iterators, compiler, workOf(node.condition));
  const condition = compiler.compile(node.condition);
  return (frame) => {
    const turns = combine(frame);
    if (!turns) return null;
    const ask = (names: Context) => condition(within(frame, names, false));
    return chain(node.kind === 'some', turns, ask, frame.evaluation);
  };
}

/** `1..3`, also downwards. */
export function compileSteps(node: Node & { kind: 'iteration' }, compiler: Compiler): Code {
  const [start, end] = [compiler.compile(node.start), compiler.compile(node.end)];
  return (frame) => {
    const { evaluation } = frame;
    const [from, to] = [start(frame), end(frame)];
    for (const value of [from, to])
      if (!isExpected(value, 'number', evaluation)) return new Failure('a range needs two numbers');
    return steps(from as FeelNumber, to as FeelNumber, evaluation);
  };
}

function steps(from: FeelNumber, to: FeelNumber, evaluation: Evaluation): Value[] {
  evaluation.charge(Math.abs(toDouble(to) - toDouble(from)));
  const upwards = compareNumbers(from, to) < 0;
  const all: Value[] = [];
  for (let at = from; upwards ? compareNumbers(at, to) <= 0 : compareNumbers(at, to) >= 0; ) {
    all.push(at);
    at = upwards ? add(at, 1) : subtract(at, 1);
  }
  return all;
}

/**
 * Every combination of the items, the last iterator turning fastest; undefined when one of them has no list.
 * @param work steps of what is done with each
 */
function compileIterators(
  iterators: readonly Iterator[],
  compiler: Compiler,
  work: number,
): (frame: Parameters<Code>[0]) => Iterable<Context> | undefined {
  const named = iterators.map(({ name, over }) => ({ name, list: compiler.compile(over) }));
  return (frame) => {
    const { evaluation } = frame;
    const lists = named.map(({ name, list }) => ({ name, list: list(frame) }));
    const faulty = lists.map(({ list }) => isExpected(list, 'list', evaluation)).includes(false);
    return faulty ? undefined : combinations(lists as { name: string; list: Value[] }[], evaluation, work);
  };
}

function* combinations(
  lists: readonly { name: string; list: readonly Value[] }[],
  evaluation: Evaluation,
  work: number,
): Generator<Context> {
  const [first, ...rest] = lists;
  for (const item of first!.list) {
    evaluation.charge(1);
    if (rest.length === 0) {
      evaluation.charge(work);
      const names = emptyContext();
      names[first!.name] = item;
      yield names;
    } else {
      for (const names of combinations(rest, evaluation, work)) {
        names[first!.name] = item;
        yield names;
      }
    }
  }
}

function mentions(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'variable' && 'name' in node && node.name === name) return true;
  const parts = node instanceof Map ? [...node.values()] : Object.values(node);
  return parts.some((part) => mentions(part, name));
}

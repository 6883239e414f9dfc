import { isExpected } from './arithmetic.ts';
import type { Code, Compiler } from './compile.ts';
import { type Evaluation, type Frame, functionIn } from './evaluation.ts';
import type { Builtin } from './functions/builtin.ts';
import type { CallNode } from './syntax/expressionTree.ts';
import { Failure } from './values/failure.ts';
import { FeelFunction } from './values/function.ts';
import { describe } from './values/kinds.ts';
import type { Context, Value } from './values/value.ts';

type Given = { by: 'position'; codes: Code[] } | { by: 'name'; codes: Map<string, Code> };
type Called = FeelFunction | Builtin;

export function compileCall(node: CallNode, compiler: Compiler): Code {
  const given: Given =
    node.arguments.by === 'position'
      ? { by: 'position', codes: node.arguments.values.map(compiler.compile) }
      : {
          by: 'name',
          codes: new Map([...node.arguments.values].map(([name, value]) => [name, compiler.compile(value)])),
        };
  const { name } = node;
  const missing = `No function found with name '${name}' and ${
    given.by === 'position'
      ? `${given.codes.length} parameters`
      : `parameters: ${[...given.codes.keys()].join(',')}`
  }`;
  if (node.of) return compileCallOf(compiler.compile(node.of), name, given, missing);

  const builtin = (compiler.functions[name] ?? []).find((one) => fits(one, given));
  return (frame) => {
    const { evaluation } = frame;
    const own = functionIn(frame, name);
    const called = own && fits(own, given) ? own : (builtin ?? variableFunction(frame, name, given));
    if (!called) {
      evaluation.warn('NO_FUNCTION_FOUND', missing);
      return null;
    }
    const result = call(called, given, frame);
    if (!(result instanceof Failure)) return result;
    if (name === 'assert') {
      evaluation.assertion ??= result.message;
      evaluation.warn('ASSERT_FAILURE', result.message);
    } else
      evaluation.warn(
        'FUNCTION_INVOCATION_FAILURE',
        `Failed to invoke function '${name}': ${result.message}`,
      );
    return null;
  };
}

/** A function of a context: `a.f(1)`. */
function compileCallOf(of: Code, name: string, given: Given, missing: string): Code {
  return (frame) => {
    const context = of(frame);
    if (!isExpected(context, 'context', frame.evaluation))
      return new Failure(`Expected context but found '${describe(context)}'`);
    const found = Object.hasOwn(context as Context, name) ? (context as Context)[name] : undefined;
    if (found instanceof FeelFunction && fits(found, given)) return call(found, given, frame);
    frame.evaluation.warn('NO_FUNCTION_FOUND', missing);
    return new Failure(missing);
  };
}

/** What is given from outside is asked for last, and only for names that nobody else has. */
function variableFunction(frame: Frame, name: string, given: Given): FeelFunction | undefined {
  const value = frame.evaluation.variable(name);
  return value instanceof FeelFunction && fits(value, given) ? value : undefined;
}

function fits(called: Called, given: Given): boolean {
  const { parameters } = called;
  if (given.by === 'name') return [...given.codes.keys()].every((name) => parameters.includes(name));
  const count = given.codes.length;
  return parameters.length === count || (parameters.length < count && isVariadic(called));
}

function isVariadic(called: Called): boolean {
  return !(called instanceof FeelFunction) && called.variadic === true;
}

function call(called: Called, given: Given, frame: Frame): Value {
  const values =
    given.by === 'position' ? byPosition(called, given.codes, frame) : byName(called, given.codes, frame);
  const failure = values.find((value) => value instanceof Failure);
  if (failure) return failure;
  const { evaluation } = frame;
  evaluation.charge(1);
  if (called instanceof FeelFunction) return called.body(values);
  const result = called.run(values, evaluation);
  return result === undefined ? illegal(values, evaluation) : result;
}

function illegal(values: readonly Value[], evaluation: Evaluation): Failure {
  const told = values.map((value) => `'${describe(value)}'`).join(', ');
  evaluation.charge(told.length / 16);
  return new Failure(`Illegal arguments: ${told}`);
}

/** The last parameter of a variadic function takes the rest as a list; one list alone is taken for the rest itself. */
function byPosition(called: Called, codes: readonly Code[], frame: Frame): Value[] {
  const values = codes.map((code) => code(frame));
  if (!isVariadic(called)) return values;
  const size = called.parameters.length - 1;
  const rest = values.slice(size);
  const failure = rest.find((value) => value instanceof Failure);
  const only = size === 0 && rest.length === 1 ? rest[0] : undefined;
  return [...values.slice(0, size), failure ?? (Array.isArray(only) ? only : rest)];
}

/** What is not given is null. */
function byName(called: Called, codes: ReadonlyMap<string, Code>, frame: Frame): Value[] {
  return called.parameters.map((name) => codes.get(name)?.(frame) ?? null);
}

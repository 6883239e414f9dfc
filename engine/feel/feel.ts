import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { type Code, compile, INPUT, INPUT_SYMBOL } from './compile.ts';
import { outermost, Evaluation as Run, within } from './evaluation.ts';
import type {
  Evaluation,
  EvaluationFailure,
  EvaluationScope,
  EvaluationWarning,
  Expression,
  Feel,
  FeelExpression,
  FeelSyntaxProblem,
  FeelValue,
  FeelValueScope,
} from './expression.ts';
import { aiParametersOf } from './fromAi.ts';
import type { Chance } from './functions/chance.ts';
import { builtinFunctions } from './functions/index.ts';
import type { NamedContexts } from './functions/namedContexts.ts';
import { toJson } from './json.ts';
import { referencesOf } from './references.ts';
import type { Node } from './syntax/expressionTree.ts';
import { parseExpressionTree, parseUnaryTestsTree } from './syntax/parser.ts';
import { Abort, Failure } from './values/failure.ts';
import { FeelFunction } from './values/function.ts';
import { emptyContext } from './values/kinds.ts';
import type { Value } from './values/value.ts';

/** What an expression became when it was read. */
interface Prepared {
  tree: Node;
  code: Code;
  isUnaryTests: boolean;
}

/** For `random number()` and `uuid()`, and functions of whoever evaluates. */
export interface FeelOptions extends Chance {
  contexts?: NamedContexts;
}

/** FEEL as Zeebe evaluates it. */
export function createFeel(options: FeelOptions = {}): Feel {
  const functions = builtinFunctions(options, options.contexts);

  function prepared(
    text: string,
    tree: Result<Node, FeelSyntaxProblem>,
    isUnaryTests: boolean,
  ): Result<FeelExpression, FeelSyntaxProblem> {
    if (!tree.ok) return tree;
    const made: Prepared = { tree: tree.value, code: compile(tree.value, functions), isUnaryTests };
    return ok({ kind: 'feel', text, prepared: made });
  }

  function parse(text: string): Result<Expression, FeelSyntaxProblem> {
    if (!text.startsWith('=')) return ok({ kind: 'static', text, value: text });
    const source = text.slice(1);
    return prepared(source, parseExpressionTree(source), false);
  }

  function evaluate(
    expression: Expression,
    scope: EvaluationScope | JsonObject,
    now: number,
  ): Result<Evaluation, EvaluationFailure> {
    if (expression.kind === 'static') return ok({ value: expression.value, warnings: [] });
    const run = new Run((name) => lookUp(scope, name) as Value | undefined, now);
    const result = finish(expression, run);
    return result.ok ? ok({ value: toJson(result.value), warnings: run.warnings }) : result;
  }

  function evaluateValue(
    expression: FeelExpression,
    scope: FeelValueScope,
    now: number,
  ): Result<FeelValue, EvaluationFailure> {
    return finish(expression, new Run((name) => scope.get(name) as Value | undefined, now));
  }

  return {
    parse,
    evaluate,
    evaluateValue,
    parseUnaryTests: (text) => prepared(text, parseUnaryTestsTree(text), true),
    aiParameters: (expression) =>
      expression.kind === 'static' ? ok([]) : aiParametersOf((expression.prepared as Prepared).tree),
    references: (expression) =>
      expression.kind === 'static' ? [] : referencesOf((expression.prepared as Prepared).tree),
    values,
  };
}

function finish(expression: FeelExpression, run: Run): Result<Value, EvaluationFailure> {
  const { text, prepared } = expression;
  const failure = (reason: string, warnings?: EvaluationWarning[]) =>
    failed({
      message: `failed to evaluate expression '${text}'${reason}`,
      ...(warnings && { warnings }),
    });
  try {
    const value = start(prepared as Prepared, run);
    const { warnings } = run;
    if (run.assertion !== undefined) {
      const message = `Assertion failure on evaluate the expression '${text}': ${run.assertion}`;
      return failed({ message, warnings });
    }
    return value instanceof Failure ? failure(`: ${value.message}`, warnings) : ok(value);
  } catch (thrown) {
    if (thrown instanceof Abort)
      return failure(`${/^(?:java|scala)\./.test(thrown.message) ? ' ' : ''}: ${thrown.message}`);
    // too deep a nesting of calls, or a number of too many digits
    if (thrown instanceof RangeError) return failure(`: ${thrown.message}`);
    throw thrown;
  }
}

/** A unary test knows its value by two names: tests look at one, `?` reads the other once a test asks for it. */
function start({ code, isUnaryTests }: Prepared, run: Run): Value {
  if (!isUnaryTests) return code(outermost(run));
  const input = run.variable(INPUT_SYMBOL) ?? null;
  const hidden = new Run((name) => (name === INPUT_SYMBOL ? undefined : run.variable(name)), run.now);
  const answer = code(within(outermost(hidden), { [INPUT]: input }, false));
  return answer === true;
}

const values: Feel['values'] = {
  list: (items) => [...items] as Value[],
  context(entries) {
    const context = emptyContext();
    for (const [name, value] of entries) context[name] = value as Value;
    return context;
  },
  function: (parameters, body) =>
    new FeelFunction(
      parameters,
      (given) => body(parameters.map((_, index) => given[index] ?? null)) as Value,
    ),
  toJson: (value): JsonValue => toJson(value as Value),
};

/** `undefined` stands for a variable that is not there; a variable that is null stays null. */
function lookUp(scope: EvaluationScope | JsonObject, name: string): JsonValue | undefined {
  if (typeof scope.get === 'function') return (scope as EvaluationScope).get(name);
  return Object.hasOwn(scope, name) ? (scope as JsonObject)[name] : undefined;
}

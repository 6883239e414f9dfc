import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import {
  evaluate as evaluateText,
  FeelFunction,
  parseExpression,
  parseUnaryTests as parseTests,
  unaryTest,
} from 'feelin';
import { AssertionFailure, createBuiltins } from './builtins.ts';
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
import { toJson } from './json.ts';
import { createOperators } from './operators.ts';
import { rewrite } from './prepare.ts';
import { syntaxProblem } from './syntax.ts';

/** Camunda's dialect: names in backticks. */
const DIALECT = 'camunda';

/** What an expression became at deployment. The library parses once, when it makes the function. */
interface Prepared {
  names: readonly string[];
  run: (...values: unknown[]) => unknown;
  /** The list the library appends its warnings to. */
  libraryWarnings: { type: string; message: string }[];
}

export interface FeelOptions {
  /** For `random number()`, in [0, 1). */
  random?: () => number;
  /** For `uuid()`. */
  uuid?: () => string;
}

/** FEEL as Zeebe evaluates it. One instance serves one thread: clock and warnings belong to the evaluation under way. */
export function createFeel(options: FeelOptions = {}): Feel {
  let clock = 0;
  let warnings: EvaluationWarning[] = [];
  const builtins = createBuiltins({ now: () => clock, random: options.random, uuid: options.uuid });
  const environment = {
    ...builtins,
    ...createOperators((code, message) => warnings.push({ code, message })),
  };

  const known = new Map<string, boolean>();
  function isBuiltin(name: string): boolean {
    let builtin = known.get(name);
    if (builtin === undefined) {
      builtin = name in builtins || typeof evaluateText(name, {}, DIALECT).value === 'function';
      known.set(name, builtin);
    }
    return builtin;
  }

  function parse(text: string): Result<Expression, FeelSyntaxProblem> {
    if (!text.startsWith('=')) return ok({ kind: 'static', text, value: text });
    const source = text.slice(1);
    try {
      const tree = parseExpression(source, builtins, DIALECT);
      const problem = syntaxProblem(source, tree);
      if (problem) return failed(problem);
      const { text: functionText, names } = rewrite(source, tree, isBuiltin);
      const made = evaluateText(functionText, environment, DIALECT);
      const prepared: Prepared = {
        names,
        run: (made.value as FeelFunction).fn,
        libraryWarnings: made.warnings,
      };
      return ok({ kind: 'feel', text: source, prepared });
    } catch (thrown) {
      // the library throws on what it cannot build: too deep a nesting, an unknown construct
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return failed({
        message: `Expected a FEEL expression, but it cannot be prepared: ${reason}`,
        offset: 0,
        length: source.length,
      });
    }
  }

  function evaluate(
    expression: Expression,
    scope: EvaluationScope | JsonObject,
    now: number,
  ): Result<Evaluation, EvaluationFailure> {
    if (expression.kind === 'static') return ok({ value: expression.value, warnings: [] });
    const { libraryWarnings } = expression.prepared as Prepared;
    const result = evaluateValue(expression, { get: (name) => lookUp(scope, name) }, now);
    if (!result.ok) return result;
    return ok({ value: toJson(result.value), warnings: [...libraryWarnings.map(asZeebe), ...warnings] });
  }

  function evaluateValue(
    expression: FeelExpression,
    scope: FeelValueScope,
    now: number,
  ): Result<FeelValue, EvaluationFailure> {
    const { names, run, libraryWarnings } = expression.prepared as Prepared;
    const values = names.map((name) => scope.get(name));
    clock = now;
    warnings = [];
    libraryWarnings.length = 0;
    try {
      return ok(run(...values));
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      const message =
        thrown instanceof AssertionFailure
          ? `Assertion failure on evaluate the expression '${expression.text}': ${reason}`
          : `failed to evaluate expression '${expression.text}': ${reason}`;
      return failed({ message });
    }
  }

  /** The library has no prepared form of these: it parses them each time. */
  function parseUnaryTests(source: string): Result<FeelExpression, FeelSyntaxProblem> {
    const tree = parseTests(source, builtins, DIALECT);
    const problem = syntaxProblem(source, tree);
    if (problem) return failed(problem);
    const names = new Set(['?']);
    tree.iterate({
      enter: ({ name, from, to }) => {
        if (name === 'VariableName') names.add(source.slice(from, to).replace(/^`(.*)`$/s, '$1'));
      },
    });
    const prepared: Prepared = {
      names: [...names],
      run: (...values) => {
        const given = [...names].flatMap((name, index) =>
          values[index] === undefined ? [] : [[name, values[index]] as const],
        );
        const context = { ...builtins, '?': null, ...Object.fromEntries(given) };
        return unaryTest(source, context, DIALECT).value === true;
      },
      libraryWarnings: [],
    };
    return ok({ kind: 'feel', text: source, prepared });
  }

  const values: Feel['values'] = {
    list: (items) => [...items],
    context: (entries) => Object.fromEntries(entries),
    function: (parameters, body) =>
      new FeelFunction(
        (...given: unknown[]) => body(parameters.map((_, index) => given[index] ?? null)),
        [...parameters],
      ),
    toJson,
  };

  return { parse, evaluate, parseUnaryTests, evaluateValue, values };
}

/** `undefined` stands for a variable that is not there; a variable that is null stays null. */
function lookUp(scope: EvaluationScope | JsonObject, name: string): unknown {
  if (typeof scope.get === 'function') return (scope as EvaluationScope).get(name);
  return Object.hasOwn(scope, name) ? (scope as JsonObject)[name] : undefined;
}

function asZeebe(warning: { type: string; message: string }): EvaluationWarning {
  const missing = /^Variable '(.*)' not found$/s.exec(warning.message);
  if (missing) return { code: warning.type, message: `No variable found with name '${missing[1]}'` };
  return { code: warning.type, message: warning.message };
}

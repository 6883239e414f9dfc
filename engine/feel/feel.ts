import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import { evaluate as evaluateText, type FeelFunction, parseExpression } from 'feelin';
import { AssertionFailure, createBuiltins } from './builtins.ts';
import type {
  Evaluation,
  EvaluationFailure,
  EvaluationScope,
  EvaluationWarning,
  Expression,
  Feel,
  FeelSyntaxProblem,
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

  function parse(text: string): Result<Expression, FeelSyntaxProblem> {
    if (!text.startsWith('=')) return ok({ kind: 'static', text, value: text });
    const source = text.slice(1);
    try {
      const tree = parseExpression(source, builtins, DIALECT);
      const problem = syntaxProblem(source, tree);
      if (problem) return failed(problem);
      const { text: functionText, names } = rewrite(source, tree);
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
    const { names, run, libraryWarnings } = expression.prepared as Prepared;
    const values = names.map((name) => lookUp(scope, name));
    clock = now;
    warnings = [];
    libraryWarnings.length = 0;
    try {
      const value = toJson(run(...values));
      return ok({ value, warnings: [...libraryWarnings.map(asZeebe), ...warnings] });
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      const message =
        thrown instanceof AssertionFailure
          ? `Assertion failure on evaluate the expression '${expression.text}': ${reason}`
          : `failed to evaluate expression '${expression.text}': ${reason}`;
      return failed({ message });
    }
  }

  return { parse, evaluate };
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

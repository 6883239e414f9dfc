import type { Evaluation, EvaluationWarning, Expression } from '@baton/engine/feel';
import type { TimerDefinition } from '@baton/engine/model';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { Failure, ProcessingContext } from '../types.ts';

type Evaluated<T> = Result<T, Failure>;

/** The value of an expression as seen from a scope; what stands in `nearest` goes before its variables. */
export function evaluate(
  expression: Expression,
  scopeKey: number,
  { feel, state, now }: ProcessingContext,
  nearest: JsonObject = {},
): Evaluated<Evaluation> {
  const scope = {
    get: (name: string) =>
      Object.hasOwn(nearest, name) ? nearest[name] : state.variables.get(scopeKey, name),
  };
  const result = feel.evaluate(expression, scope, now);
  if (result.ok) return result;
  return failed({
    errorType: 'EXTRACT_VALUE_ERROR',
    message: result.failure.message + told(result.failure.warnings ?? []),
    variableScopeKey: scopeKey,
  });
}

export function evaluateBoolean(
  expression: Expression,
  scopeKey: number,
  context: ProcessingContext,
  nearest?: JsonObject,
): Evaluated<boolean> {
  const result = evaluate(expression, scopeKey, context, nearest);
  if (!result.ok) return result;
  const { value } = result.value;
  if (typeof value === 'boolean') return ok(value);
  return unexpected(expression, "'BOOLEAN'", result.value, scopeKey);
}

export function evaluateString(
  expression: Expression,
  scopeKey: number,
  context: ProcessingContext,
  expected = "'STRING'",
): Evaluated<string> {
  if (expression.kind === 'static') return ok(expression.value);
  const result = evaluate(expression, scopeKey, context);
  if (!result.ok) return result;
  const { value } = result.value;
  return typeof value === 'string' ? ok(value) : unexpected(expression, expected, result.value, scopeKey);
}

/** A time as text: the FEEL types that a timer may have besides are written as text too. */
export const evaluateTime = (
  { kind, expression }: TimerDefinition,
  scopeKey: number,
  context: ProcessingContext,
): Evaluated<string> => evaluateString(expression, scopeKey, context, times[kind]);

const times: { readonly [K in TimerDefinition['kind']]: string } = {
  duration: "one of '[DURATION, PERIOD, STRING]'",
  date: "one of '[DATE_TIME, STRING]'",
  cycle: "'STRING'",
};

export function evaluateInteger(
  expression: Expression,
  scopeKey: number,
  context: ProcessingContext,
): Evaluated<number> {
  const result = evaluate(expression, scopeKey, context);
  if (!result.ok) return result;
  const { value } = result.value;
  const number = expression.kind === 'static' && typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return ok(Math.trunc(number));
  return unexpected(expression, "'NUMBER'", result.value, scopeKey);
}

export function evaluateList(
  expression: Expression,
  scopeKey: number,
  context: ProcessingContext,
): Evaluated<JsonValue[]> {
  const result = evaluate(expression, scopeKey, context);
  if (!result.ok) return result;
  const { value } = result.value;
  if (Array.isArray(value)) return ok(value);
  return unexpected(expression, "'ARRAY'", result.value, scopeKey);
}

/** Text, or a number as text. */
export function evaluateCorrelationKey(
  expression: Expression,
  scopeKey: number,
  context: ProcessingContext,
): Evaluated<string> {
  const result = evaluate(expression, scopeKey, context);
  if (!result.ok) return result;
  const { value } = result.value;
  if (['string', 'number', 'bigint'].includes(typeof value)) return ok(String(value));
  return failed({
    errorType: 'EXTRACT_VALUE_ERROR',
    message: `Failed to extract the correlation key for '${expression.text}': The value must be either a string or a number, but was '${typeName(value)}'.${told(result.value.warnings)}`,
    variableScopeKey: scopeKey,
  });
}

/** A FEEL list of strings, or comma-separated text. */
export function evaluateStrings(
  expression: Expression,
  scopeKey: number,
  context: ProcessingContext,
): Evaluated<string[]> {
  const result = evaluate(expression, scopeKey, context);
  if (!result.ok) return result;
  const { value } = result.value;
  if (typeof value === 'string')
    return ok(
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    );
  if (!Array.isArray(value)) return unexpected(expression, "'ARRAY'", result.value, scopeKey);
  const strings = value.filter((entry) => typeof entry === 'string');
  if (strings.length === value.length) return ok(strings);
  const other = value.find((entry) => typeof entry !== 'string')!;
  return failed({
    errorType: 'EXTRACT_VALUE_ERROR',
    message: `Expected result of the expression '${expression.text}' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item, '${typeName(other)}'.`,
    variableScopeKey: scopeKey,
  });
}

function unexpected(
  expression: Expression,
  expected: string,
  { value, warnings }: Evaluation,
  scopeKey: number,
): Evaluated<never> {
  return failed({
    errorType: 'EXTRACT_VALUE_ERROR',
    message:
      `Expected result of the expression '${expression.text}' to be ${expected}, but was '${typeName(value)}'.` +
      told(warnings),
    variableScopeKey: scopeKey,
  });
}

function told(warnings: readonly EvaluationWarning[]): string {
  const lines = warnings.map(({ code, message }) => `\n[${code}] ${message}`).join('');
  return lines && ` The evaluation reported the following warnings:${lines}`;
}

function typeName(value: JsonValue): string {
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'ARRAY';
  // an integer beyond 2^53
  if (typeof value === 'bigint') return 'NUMBER';
  return (typeof value).toUpperCase();
}

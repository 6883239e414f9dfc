import { createFeel, type Feel } from '@baton/engine/feel';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { JobOutcome } from '@baton/engine/worker';
import { durationOf } from '@baton/engine/worker';

/** FEEL with what error expressions say of a job. */
export function connectorFeel(): Feel {
  return createFeel({
    contexts: {
      bpmnError: {
        parameters: ['code', 'message', 'variables'],
        required: 2,
        says: { errorType: 'bpmnError' },
      },
      jobError: {
        parameters: ['message', 'variables', 'retries', 'retryBackoff'],
        required: 1,
        says: { errorType: 'jobError' },
      },
      ignoreError: { parameters: ['variables'], required: 0, says: { errorType: 'ignoreError' } },
    },
  });
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function evaluated(feel: Feel, header: string, scope: JsonObject, now: number): Result<JsonValue, string> {
  const parsed = feel.parse(header.trim().startsWith('=') ? header.trim() : `=${header}`);
  if (!parsed.ok) return failed(parsed.failure.message);
  const result = feel.evaluate(parsed.value, scope, now);
  return result.ok ? ok(result.value.value) : failed(result.failure.message);
}

/** What a job's headers make of a result: `resultVariable` names a variable for it, `resultExpression` takes it apart. */
export function resultVariables(
  feel: Feel,
  { resultVariable, resultExpression }: { [header: string]: string },
  variables: JsonObject,
  response: JsonValue,
  now: number,
): Result<JsonObject, string> {
  const named = resultVariable ? { [resultVariable]: response } : {};
  if (!resultExpression) return ok(named);
  const result = evaluated(feel, resultExpression, { ...variables, response }, now);
  if (!result.ok)
    return failed(`Expected the header resultExpression to be evaluated, but: ${result.failure}`);
  if (result.value === null) return ok(named);
  return isObject(result.value)
    ? ok({ ...named, ...result.value })
    : failed('Expected the header resultExpression to give a context, but it does not');
}

/** What `errorExpression` makes of a result or an error; `undefined` when it leaves it as it is. */
export function judged(
  feel: Feel,
  { errorExpression }: { [header: string]: string },
  scope: JsonObject,
  retries: number,
  now: number,
): JobOutcome | undefined {
  if (!errorExpression) return undefined;
  const result = evaluated(feel, errorExpression, { response: null, error: null, ...scope }, now);
  if (!result.ok) {
    const message = `Expected the header errorExpression to be evaluated, but: ${result.failure}`;
    return { kind: 'fail', retries: 0, message };
  }
  const said = result.value;
  if (!isObject(said)) return undefined;
  const variables = isObject(said.variables) ? { variables: said.variables } : {};
  const message = typeof said.message === 'string' ? said.message : '';
  switch (said.errorType) {
    case 'bpmnError':
      return { kind: 'bpmnError', code: String(said.code ?? ''), message, ...variables };
    case 'jobError':
      return {
        kind: 'fail',
        message,
        retries: typeof said.retries === 'number' ? said.retries : retries - 1,
        backoff: durationOf(typeof said.retryBackoff === 'string' ? said.retryBackoff : undefined) ?? 0,
        ...variables,
      };
    case 'ignoreError':
      return { kind: 'complete', variables: variables.variables ?? {} };
    default:
      return undefined;
  }
}

import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import type { Interceptor, JobHandler, JobOutcome } from '@baton/engine/worker';
import { durationOf } from '@baton/engine/worker';
import type { Connector, ConnectorError, ConnectorWorld } from './connector.ts';
import { judged, resultVariables } from './expressions.ts';
import { unveil } from './secrets.ts';

/** Handles the jobs of a connector: secrets go in, headers say what becomes of its result and its errors. */
export function createConnectorHandler(connector: Connector, world: ConnectorWorld): JobHandler {
  const { feel, now } = world;
  return async (job, signal) => {
    const { variables, headers, tenantId } = job;

    function ended(error: ConnectorError): JobOutcome {
      const { code, message, variables: known = {}, passing } = error;
      const scope = { ...variables, error: { code, message, variables: known } };
      const said = judged(feel, headers, scope, job.retries, now());
      if (said) return said;
      return {
        kind: 'fail',
        message: `${code}: ${message}`,
        ...(!passing && { retries: 0 }),
        ...(passing && { backoff: durationOf(headers.retryBackoff) ?? 0 }),
      };
    }

    const unveiled = await unveil(variables, connector.secretsIn, tenantId, world);
    if (!unveiled.ok) return ended(unveiled.failure);
    const ran = await connector.run(unveiled.value.input, job, world, signal);
    if (!ran.ok) return ended(masked(ran.failure, unveiled.value.mask));
    const response = unveiled.value.mask(ran.value);
    const said = judged(feel, headers, { ...variables, response }, job.retries, now());
    if (said) return said;
    const result = resultVariables(feel, headers, variables, response, now());
    if (!result.ok) return { kind: 'fail', retries: 0, message: result.failure };
    return { kind: 'complete', variables: result.value };
  };
}

function masked(error: ConnectorError, mask: (value: JsonValue) => JsonValue): ConnectorError {
  const { message, variables } = error;
  return {
    ...error,
    message: String(mask(message)),
    ...(variables && { variables: mask(variables) as JsonObject }),
  };
}

/** `errorExpression` over what any other handler of a job ends with: its codes stand before the first colon. */
export function errorExpressions({ feel, now }: Pick<ConnectorWorld, 'feel' | 'now'>): Interceptor {
  return (next) => async (job, signal) => {
    const outcome = await next(job, signal);
    if (outcome.kind !== 'fail' && outcome.kind !== 'bpmnError') return outcome;
    const [, code, message] = /^([A-Z_]+): ([\s\S]*)$/.exec(outcome.message) ?? ['', '', outcome.message];
    const known = { variables: outcome.variables ?? {} };
    const error =
      outcome.kind === 'bpmnError'
        ? { code: outcome.code, message: outcome.message, ...known }
        : { code: code ?? '', message: message ?? '', ...known };
    return judged(feel, job.headers, { ...job.variables, error }, job.retries, now()) ?? outcome;
  };
}

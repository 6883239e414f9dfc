import { failed, type JsonObject, type JsonValue, ok } from '@baton/engine/protocol';
import { durationOf } from '@baton/engine/worker';
import type { Connector } from './connector.ts';

/** ms a message waits for who takes it, where the model does not say. */
const TIME_TO_LIVE = 3_600_000;

const textOf = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : String(value);
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The job type `io.camunda:sendMessage:1`: a message to whatever process of the same tenant waits for it. */
export const sendMessage: Connector = {
  secretsIn: [],
  async run({ messageName, correlationKey, variables, correlationType }, job, { engine }) {
    const name = textOf(messageName);
    if (name === '') {
      const message = 'Expected messageName to name a message, but it is empty';
      return failed({ code: 'REQUEST_INVALID', message, passing: false });
    }
    const { type, timeToLive, messageId } = isObject(correlationType) ? correlationType : {};
    // What is to be taken at once, or not at all, does not wait.
    const keeps = type === 'correlate' ? 0 : TIME_TO_LIVE;
    const given = textOf(timeToLive);
    const published = await engine.commands.publishMessage(job.tenantId, {
      name,
      correlationKey: textOf(correlationKey),
      timeToLive: durationOf(given) ?? (/^\d+$/.test(given) ? Number(given) : keeps),
      // The job again, after a crash, is the same message: while the first is kept it is not told twice.
      messageId: textOf(messageId) || `job-${job.key}`,
      variables: isObject(variables) ? variables : {},
    });
    if (published.ok) return ok({ messageKey: published.value.key, tenantId: job.tenantId });
    const { code, message } = published.failure;
    if (code === 'ALREADY_EXISTS') return ok({ messageKey: null, tenantId: job.tenantId });
    const passing = code === 'UNAVAILABLE' || code === 'RESOURCE_EXHAUSTED' || code === 'DEADLINE_EXCEEDED';
    return failed({ code, message, passing });
  },
};

import type { CallLog } from '@baton/engine/protocol';
import { type Gateway, ofPeriods } from '@baton/gateway';
import type { Logger } from 'pino';

/** The same log, which also tells the run's watchers of every call, and counts what it used for the tenant's quotas. */
export function announced(
  calls: CallLog,
  { publish, quotas }: Pick<Gateway, 'publish' | 'quotas'>,
  log: Logger,
): CallLog {
  return {
    ...calls,
    async append(record) {
      await calls.append(record);
      const { id, kind, name, processInstanceKey, elementInstanceKey } = record;
      publish(record.tenantId, 'calls', {
        id,
        kind,
        name,
        instanceKey: processInstanceKey,
        elementInstanceKey,
      });
      const { inputTokens, outputTokens, cost } = record.usage;
      if (inputTokens + outputTokens + cost === 0) return;
      // The call was made and is recorded: that it cannot be counted now is no reason to make it again.
      await quotas
        .count(record.tenantId, {
          ...ofPeriods('tokens', inputTokens + outputTokens),
          ...ofPeriods('money', Math.round(cost * 1_000_000)),
        })
        .catch((err: unknown) =>
          log.error({ err, call: id }, 'a recorded call is not counted for its quota'),
        );
    },
  };
}

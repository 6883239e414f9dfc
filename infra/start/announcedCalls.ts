import type { CallLog } from '@baton/engine/protocol';
import type { Gateway } from '@baton/gateway';

/** The same log, which also tells the run's watchers of every call. */
export function announced(calls: CallLog, { publish }: Pick<Gateway, 'publish'>): CallLog {
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
    },
  };
}

import type { EngineClient, StreamedRecord } from '@baton/engine/client';
import type { Instance, ResourceChange } from '../api/index.ts';
import type { Clock } from '../dependencies.ts';
import { instanceView, recordView } from '../resources/instances/service.ts';
import type { Channels } from './channels.ts';

/** ms in which changes of one run become one event of the topic `instances`. */
const settleTime = 50;

const ends = { ELEMENT_COMPLETED: 'COMPLETED', ELEMENT_TERMINATED: 'TERMINATED' } as const;

const userTaskChanges: { [intent: string]: ResourceChange['change'] } = {
  CREATED: 'created',
  ASSIGNED: 'updated',
  UPDATED: 'updated',
  COMPLETED: 'updated',
  CANCELED: 'updated',
};

/** Feeds `instances`, `instance:<key>` and `user-tasks` from the engine's records. Returns the end of it. */
export function feedFromEngine(engine: EngineClient, channels: Channels, clock: Clock): () => void {
  /** Runs to be announced, with how they ended if they did. */
  const changed = new Map<
    string,
    { tenantId: string; key: string; end?: Pick<Instance, 'state' | 'endedAt'> }
  >();
  let cancelSettle: (() => void) | undefined;
  let ended = false;

  function follow(record: StreamedRecord) {
    const { tenantId, valueType, intent, recordType, value } = record;
    const key = value.processInstanceKey === undefined ? undefined : String(value.processInstanceKey);
    if (key && /^\d{1,19}$/.test(key)) {
      const topic = `instance:${key}` as const;
      if (channels.isFollowed(tenantId, topic)) channels.publish(tenantId, topic, recordView(record));
    }
    if (recordType !== 'EVENT' || !key) return;
    if (valueType === 'USER_TASK' && userTaskChanges[intent]) {
      channels.publish(tenantId, 'user-tasks', {
        change: userTaskChanges[intent],
        id: record.key,
        name: String(value.elementId ?? ''),
      } satisfies ResourceChange);
    }
    const ofRun = valueType === 'PROCESS_INSTANCE' && value.bpmnElementType === 'PROCESS';
    if ((!ofRun && valueType !== 'INCIDENT') || !channels.isFollowed(tenantId, 'instances')) return;
    const id = `${tenantId}\n${key}`;
    const state = ofRun ? ends[intent as keyof typeof ends] : undefined;
    changed.set(id, {
      ...(changed.get(id) ?? { tenantId, key }),
      ...(state ? { end: { state, endedAt: new Date(record.timestamp).toISOString() } } : {}),
    });
    cancelSettle ??= clock.after(settleTime, () => void announce());
  }

  async function announce() {
    while (changed.size > 0 && !ended) {
      const batch = [...changed.values()];
      changed.clear();
      for (const { tenantId, key, end } of batch) {
        const found = await engine.queries.instance(tenantId, key);
        // The query side may be a moment behind the record that says how the run ended.
        if (found.ok && !ended)
          channels.publish(tenantId, 'instances', { ...instanceView(found.value), ...end });
      }
    }
    cancelSettle = undefined;
  }

  const unsubscribe = engine.records.subscribe(undefined, (records) => records.forEach(follow));
  return () => {
    ended = true;
    cancelSettle?.();
    unsubscribe();
  };
}

import type { EngineClient, StreamedRecord } from '@baton/engine/client';
import type { Telling } from '@baton/infra/coordination';
import type { Instance, ResourceChange, RunChange } from '../api/index.ts';
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

const runChanges: { [intent: string]: RunChange['change'] } = {
  ELEMENT_ACTIVATED: 'created',
  ELEMENT_COMPLETED: 'updated',
  ELEMENT_TERMINATED: 'updated',
};

/** Records of one ms that one name can tell apart. */
const perMs = 1_000;

/** Orders what records tell of a name by their time, and within a ms as they come: every gateway hears the same records. */
function orderOfRecords() {
  let at = 0;
  const sameMs = new Map<string, number>();
  return (name: string, { timestamp }: StreamedRecord): Telling => {
    if (timestamp !== at) sameMs.clear();
    at = timestamp;
    const before = sameMs.get(name) ?? 0;
    sameMs.set(name, before + 1);
    return { name, order: timestamp * perMs + Math.min(before, perMs - 1) };
  };
}

/** A run to be announced, and how it ended if it did. */
interface ChangedRun {
  tenantId: string;
  key: string;
  telling: Telling;
  end?: Pick<Instance, 'state' | 'endedAt'>;
}

/**
 * Feeds `instances`, `instance:<key>`, `user-tasks` and `runs` from the engine's records, as every gateway does. Returns the
 * end of it.
 */
export function feedFromEngine(engine: EngineClient, channels: Channels, clock: Clock): () => void {
  const changed = new Map<string, ChangedRun>();
  const tellingOf = orderOfRecords();
  let cancelSettle: (() => void) | undefined;
  let ended = false;

  function follow(record: StreamedRecord) {
    const { tenantId, valueType, intent, recordType, value, timestamp } = record;
    const key = value.processInstanceKey === undefined ? undefined : String(value.processInstanceKey);
    if (key && /^\d{1,19}$/.test(key)) {
      const topic = `instance:${key}` as const;
      if (channels.isFollowed(tenantId, topic)) {
        const telling = tellingOf(`${recordType} ${valueType} ${intent} ${record.key}`, record);
        channels.publish(tenantId, topic, recordView(record), telling);
      }
    }
    if (recordType !== 'EVENT' || !key) return;
    if (valueType === 'USER_TASK' && userTaskChanges[intent]) {
      const change = {
        change: userTaskChanges[intent],
        id: record.key,
        name: String(value.elementId ?? ''),
      } satisfies ResourceChange;
      channels.publish(tenantId, 'user-tasks', change, tellingOf(`user task ${record.key}`, record));
    }
    const ofRun = valueType === 'PROCESS_INSTANCE' && value.bpmnElementType === 'PROCESS';
    if (!ofRun && valueType !== 'INCIDENT') return;
    const telling = tellingOf(`run ${key}`, record);
    const runChange = ofRun ? runChanges[intent] : 'updated';
    if (runChange) {
      const name = String(value.bpmnProcessId ?? '');
      const change = { change: runChange, id: key, name, kind: 'process' } satisfies RunChange;
      channels.publish(tenantId, 'runs', change, telling);
    }
    if (!channels.isFollowed(tenantId, 'instances')) return;
    const state = ofRun ? ends[intent as keyof typeof ends] : undefined;
    const before = changed.get(`${tenantId}\n${key}`);
    const end = state ? { state, endedAt: new Date(timestamp).toISOString() } : before?.end;
    changed.set(`${tenantId}\n${key}`, { tenantId, key, telling, ...(end ? { end } : {}) });
    cancelSettle ??= clock.after(settleTime, () => void announce());
  }

  async function announce() {
    while (changed.size > 0 && !ended) {
      const batch = [...changed.values()];
      changed.clear();
      for (const { tenantId, key, telling, end } of batch) {
        const found = await engine.queries.instance(tenantId, key);
        // The query side may be a moment behind the record that says how the run ended.
        if (found.ok && !ended)
          channels.publish(tenantId, 'instances', { ...instanceView(found.value), ...end }, telling);
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

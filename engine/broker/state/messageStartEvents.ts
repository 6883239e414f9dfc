import type { MessageStartEventSubscriptionValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export interface MessageStartEvent {
  readonly key: number;
  readonly tenantId: string;
  readonly value: MessageStartEventSubscriptionValue;
}

/** While an instance that a message began runs, no other message of the same correlation key begins one of that process. */
export interface CorrelationLock {
  readonly tenantId: string;
  readonly bpmnProcessId: string;
  readonly correlationKey: string;
}

export interface MessageStartEvents {
  add(subscription: MessageStartEvent): void;
  remove(key: number): void;
  waiting(tenantId: string, messageName: string): Iterable<MessageStartEvent>;
  ofDefinition(processDefinitionKey: number): Iterable<MessageStartEvent>;
  isLocked(lock: CorrelationLock): boolean;
  lock(processInstanceKey: number, lock: CorrelationLock): void;
  lockOf(processInstanceKey: number): CorrelationLock | undefined;
  unlock(processInstanceKey: number): void;
}

export function createMessageStartEvents(store: Store): MessageStartEvents {
  const subscriptions = store.table<number, MessageStartEvent>('messageStartEventsOfProcesses');
  const byName = store.table<[string, string, number], true>('messageStartEventsOfProcessesByName');
  const byDefinition = store.table<[number, number], true>('messageStartEventsByProcessDefinition');
  const locks = store.table<[string, string, string], number>('correlationKeyLocks');
  const locksByInstance = store.table<number, CorrelationLock>('correlationKeyLocksByInstance');
  const lockKey = (lock: CorrelationLock): [string, string, string] => [
    lock.tenantId,
    keyPart(lock.bpmnProcessId),
    keyPart(lock.correlationKey),
  ];
  return {
    add(subscription) {
      const { key, tenantId, value } = subscription;
      subscriptions.put(key, subscription);
      byName.put([tenantId, keyPart(value.messageName), key], true);
      byDefinition.put([value.processDefinitionKey, key], true);
    },
    remove(key) {
      const subscription = subscriptions.get(key);
      if (!subscription) return;
      const { tenantId, value } = subscription;
      subscriptions.delete(key);
      byName.delete([tenantId, keyPart(value.messageName), key]);
      byDefinition.delete([value.processDefinitionKey, key]);
    },
    *waiting(tenantId, messageName) {
      const name = keyPart(messageName);
      const start: [string, string, number] = [tenantId, name, 0];
      for (const { key } of byName.range({ start, end: [tenantId, name, Number.MAX_SAFE_INTEGER] }))
        yield subscriptions.get(key[2])!;
    },
    *ofDefinition(processDefinitionKey) {
      const start: [number, number] = [processDefinitionKey, 0];
      for (const { key } of byDefinition.range({ start, end: [processDefinitionKey + 1, 0] }))
        yield subscriptions.get(key[1])!;
    },
    isLocked: (lock) => locks.has(lockKey(lock)),
    lock(processInstanceKey, lock) {
      locks.put(lockKey(lock), processInstanceKey);
      locksByInstance.put(processInstanceKey, lock);
    },
    lockOf: (processInstanceKey) => locksByInstance.get(processInstanceKey),
    unlock(processInstanceKey) {
      const lock = locksByInstance.get(processInstanceKey);
      if (!lock) return;
      locks.delete(lockKey(lock));
      locksByInstance.delete(processInstanceKey);
    },
  };
}

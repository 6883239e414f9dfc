import type { ConditionalSubscriptionValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export interface ConditionalSubscription {
  readonly key: number;
  readonly tenantId: string;
  readonly value: ConditionalSubscriptionValue;
}

/** Who waits for a condition: element instances, and start events of the latest versions. */
export interface ConditionalSubscriptions {
  get(key: number): ConditionalSubscription | undefined;
  add(subscription: ConditionalSubscription): void;
  remove(key: number): void;
  /** The owner is an element instance, or for start events the process definition; oldest first. */
  ofOwner(ownerKey: number): Iterable<ConditionalSubscription>;
  /** Of all elements of a process instance, oldest first. */
  ofInstance(processInstanceKey: number): Iterable<ConditionalSubscription>;
  /** Of all start events of a tenant, oldest first. */
  ofStartEvents(tenantId: string): Iterable<ConditionalSubscription>;
}

export function createConditionalSubscriptions(store: Store): ConditionalSubscriptions {
  const subscriptions = store.table<number, ConditionalSubscription>('conditionalSubscriptions');
  const byOwner = store.table<[number, number], true>('conditionalSubscriptionsByOwner');
  const byInstance = store.table<[number, number], true>('conditionalSubscriptionsByInstance');
  const startEvents = store.table<[string, number], true>('conditionalStartEvents');
  const isStartEvent = ({ value }: ConditionalSubscription) => value.elementInstanceKey < 0;
  const ownerOf = ({ value }: ConditionalSubscription) =>
    value.elementInstanceKey < 0 ? value.processDefinitionKey : value.elementInstanceKey;
  function* under(table: typeof byOwner, of: number): Iterable<ConditionalSubscription> {
    for (const { key } of table.range({ start: [of, 0], end: [of + 1, 0] })) yield subscriptions.get(key[1])!;
  }
  return {
    get: (key) => subscriptions.get(key),
    add(subscription) {
      const { key, tenantId, value } = subscription;
      subscriptions.put(key, subscription);
      byOwner.put([ownerOf(subscription), key], true);
      if (isStartEvent(subscription)) startEvents.put([tenantId, key], true);
      else byInstance.put([value.processInstanceKey, key], true);
    },
    remove(key) {
      const subscription = subscriptions.get(key);
      if (!subscription) return;
      subscriptions.delete(key);
      byOwner.delete([ownerOf(subscription), key]);
      if (isStartEvent(subscription)) startEvents.delete([subscription.tenantId, key]);
      else byInstance.delete([subscription.value.processInstanceKey, key]);
    },
    ofOwner: (ownerKey) => under(byOwner, ownerKey),
    ofInstance: (processInstanceKey) => under(byInstance, processInstanceKey),
    *ofStartEvents(tenantId) {
      const start: [string, number] = [tenantId, 0];
      for (const { key } of startEvents.range({ start, end: [tenantId, Number.MAX_SAFE_INTEGER] }))
        yield subscriptions.get(key[1])!;
    },
  };
}

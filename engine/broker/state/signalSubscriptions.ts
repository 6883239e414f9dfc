import type { SignalSubscriptionValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export interface SignalSubscription {
  readonly key: number;
  readonly tenantId: string;
  readonly value: SignalSubscriptionValue;
}

/** Who waits for a signal: element instances, and start events of the latest versions. */
export interface SignalSubscriptions {
  add(subscription: SignalSubscription): void;
  remove(key: number): void;
  /** Oldest first. */
  waiting(tenantId: string, signalName: string): Iterable<SignalSubscription>;
  /** The owner is an element instance, or for start events the process definition. */
  ofOwner(ownerKey: number): Iterable<SignalSubscription>;
}

export function createSignalSubscriptions(store: Store): SignalSubscriptions {
  const subscriptions = store.table<number, SignalSubscription>('signalSubscriptions');
  const byName = store.table<[string, string, number], true>('signalSubscriptionsByName');
  const byOwner = store.table<[number, number], true>('signalSubscriptionsByOwner');
  const ownerOf = ({ value }: SignalSubscription) =>
    value.catchEventInstanceKey < 0 ? value.processDefinitionKey : value.catchEventInstanceKey;
  return {
    add(subscription) {
      const { key, tenantId, value } = subscription;
      subscriptions.put(key, subscription);
      byName.put([tenantId, keyPart(value.signalName), key], true);
      byOwner.put([ownerOf(subscription), key], true);
    },
    remove(key) {
      const subscription = subscriptions.get(key);
      if (!subscription) return;
      subscriptions.delete(key);
      byName.delete([subscription.tenantId, keyPart(subscription.value.signalName), key]);
      byOwner.delete([ownerOf(subscription), key]);
    },
    *waiting(tenantId, signalName) {
      const name = keyPart(signalName);
      const start: [string, string, number] = [tenantId, name, 0];
      for (const { key } of byName.range({ start, end: [tenantId, name, Number.MAX_SAFE_INTEGER] }))
        yield subscriptions.get(key[2])!;
    },
    *ofOwner(ownerKey) {
      const start: [number, number] = [ownerKey, 0];
      for (const { key } of byOwner.range({ start, end: [ownerKey + 1, 0] }))
        yield subscriptions.get(key[1])!;
    },
  };
}

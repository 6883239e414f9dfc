import type { MessageSubscriptionValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export interface MessageSubscription {
  readonly key: number;
  readonly tenantId: string;
  readonly value: MessageSubscriptionValue;
}

/** Element instances that wait for a message, by name and correlation key, and by the instance. */
export interface MessageSubscriptions {
  get(key: number): MessageSubscription | undefined;
  add(subscription: MessageSubscription): void;
  /** From now on messages reach it. */
  open(key: number): void;
  /** The same name and correlation key, but for another element or process. */
  change(subscription: MessageSubscription): void;
  remove(key: number): void;
  /** Oldest first. */
  waiting(tenantId: string, messageName: string, correlationKey: string): Iterable<MessageSubscription>;
  ofElement(elementInstanceKey: number): Iterable<MessageSubscription>;
}

export function createMessageSubscriptions(store: Store): MessageSubscriptions {
  const subscriptions = store.table<number, MessageSubscription>('messageSubscriptions');
  const byElement = store.table<[number, number], true>('messageSubscriptionsByElement');
  const byMessage = store.table<[string, string, string, number], true>('messageSubscriptionsByMessage');
  const messageKeyOf = ({ key, tenantId, value }: MessageSubscription): [string, string, string, number] => [
    tenantId,
    keyPart(value.messageName),
    keyPart(value.correlationKey),
    key,
  ];
  return {
    get: (key) => subscriptions.get(key),
    add(subscription) {
      subscriptions.put(subscription.key, subscription);
      byElement.put([subscription.value.elementInstanceKey, subscription.key], true);
    },
    open(key) {
      const subscription = subscriptions.get(key);
      if (subscription) byMessage.put(messageKeyOf(subscription), true);
    },
    change: (subscription) => subscriptions.put(subscription.key, subscription),
    remove(key) {
      const subscription = subscriptions.get(key);
      if (!subscription) return;
      subscriptions.delete(key);
      byElement.delete([subscription.value.elementInstanceKey, key]);
      byMessage.delete(messageKeyOf(subscription));
    },
    *waiting(tenantId, messageName, correlationKey) {
      const [name, correlation] = [keyPart(messageName), keyPart(correlationKey)];
      const start: [string, string, string, number] = [tenantId, name, correlation, 0];
      const end: [string, string, string, number] = [tenantId, name, correlation, Number.MAX_SAFE_INTEGER];
      for (const { key } of byMessage.range({ start, end })) yield subscriptions.get(key[3])!;
    },
    *ofElement(elementInstanceKey) {
      const start: [number, number] = [elementInstanceKey, 0];
      for (const { key } of byElement.range({ start, end: [elementInstanceKey + 1, 0] }))
        yield subscriptions.get(key[1])!;
    },
  };
}

import type { CompensationSubscriptionValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';

export interface CompensationSubscription {
  readonly key: number;
  readonly tenantId: string;
  readonly value: CompensationSubscriptionValue;
}

/** What was done and can be undone, oldest first in every order. */
export interface CompensationSubscriptions {
  get(key: number): CompensationSubscription | undefined;
  put(subscription: CompensationSubscription): void;
  remove(key: number): void;
  /** Of activities that lived in the element instance. */
  ofScope(scopeKey: number): Iterable<CompensationSubscription>;
  ofInstance(processInstanceKey: number): Iterable<CompensationSubscription>;
  /** The one that the handler instance serves. */
  ofHandler(handlerInstanceKey: number): CompensationSubscription | undefined;
  /** Those that the throw event waits for. */
  ofThrower(throwEventInstanceKey: number): Iterable<CompensationSubscription>;
}

export function createCompensationSubscriptions(store: Store): CompensationSubscriptions {
  const subscriptions = store.table<number, CompensationSubscription>('compensationSubscriptions');
  const tables = {
    compensableActivityScopeKey: store.table<[number, number], true>('compensationSubscriptionsByScope'),
    processInstanceKey: store.table<[number, number], true>('compensationSubscriptionsByInstance'),
    compensationHandlerInstanceKey: store.table<[number, number], true>('compensationSubscriptionsByHandler'),
    throwEventInstanceKey: store.table<[number, number], true>('compensationSubscriptionsByThrower'),
  };
  const orders = Object.entries(tables) as [keyof typeof tables, (typeof tables)['processInstanceKey']][];

  function* by(order: keyof typeof tables, owner: number): Generator<CompensationSubscription> {
    for (const { key } of tables[order].range({ start: [owner, 0], end: [owner + 1, 0] }))
      yield subscriptions.get(key[1])!;
  }
  function remove(key: number): void {
    const subscription = subscriptions.get(key);
    if (!subscription) return;
    for (const [order, table] of orders) table.delete([subscription.value[order], key]);
    subscriptions.delete(key);
  }

  return {
    get: (key) => subscriptions.get(key),
    put(subscription) {
      remove(subscription.key);
      subscriptions.put(subscription.key, subscription);
      for (const [order, table] of orders)
        if (subscription.value[order] >= 0) table.put([subscription.value[order], subscription.key], true);
    },
    remove,
    ofScope: (scopeKey) => by('compensableActivityScopeKey', scopeKey),
    ofInstance: (processInstanceKey) => by('processInstanceKey', processInstanceKey),
    ofHandler: (handlerInstanceKey) => by('compensationHandlerInstanceKey', handlerInstanceKey).next().value,
    ofThrower: (throwEventInstanceKey) => by('throwEventInstanceKey', throwEventInstanceKey),
  };
}

import type { MessageValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export interface Message {
  readonly key: number;
  readonly tenantId: string;
  readonly value: MessageValue;
}

/** Published messages until they expire. Ids are unique per tenant, name and correlation key while buffered. */
export interface Messages {
  get(key: number): Message | undefined;
  hasId(tenantId: string, value: MessageValue): boolean;
  add(message: Message): void;
  remove(key: number): void;
  /** Messages of this name and key, oldest first. */
  buffered(tenantId: string, name: string, correlationKey: string): Iterable<Message>;
  /** Whether an instance of the process has had the message: each process gets it once. */
  isCorrelated(key: number, bpmnProcessId: string): boolean;
  correlate(key: number, bpmnProcessId: string): void;
  /** Nearest deadline first. */
  deadlines(until?: number): Iterable<{ at: number; key: number }>;
}

export function createMessages(store: Store): Messages {
  const messages = store.table<number, Message>('messages');
  const ids = store.table<[string, string, string, string], number>('messageIds');
  const deadlines = store.table<[number, number], true>('messageDeadlines');
  const byName = store.table<[string, string, string, number], true>('messagesByName');
  const correlations = store.table<[number, string], true>('messageCorrelations');
  const nameOf = ({ key, tenantId, value }: Message): [string, string, string, number] => [
    tenantId,
    keyPart(value.name),
    keyPart(value.correlationKey),
    key,
  ];
  const idOf = (tenantId: string, value: MessageValue): [string, string, string, string] => [
    tenantId,
    keyPart(value.name),
    keyPart(value.correlationKey),
    keyPart(value.messageId),
  ];
  return {
    get: (key) => messages.get(key),
    hasId: (tenantId, value) => ids.has(idOf(tenantId, value)),
    add(message) {
      messages.put(message.key, message);
      byName.put(nameOf(message), true);
      if (message.value.messageId !== '') ids.put(idOf(message.tenantId, message.value), message.key);
      deadlines.put([message.value.deadline, message.key], true);
    },
    remove(key) {
      const message = messages.get(key);
      if (!message) return;
      messages.delete(key);
      byName.delete(nameOf(message));
      for (const { key: correlation } of correlations.range({ start: [key, ''], end: [key + 1, ''] }))
        correlations.delete(correlation);
      if (message.value.messageId !== '') ids.delete(idOf(message.tenantId, message.value));
      deadlines.delete([message.value.deadline, key]);
    },
    *buffered(tenantId, name, correlationKey) {
      const parts: [string, string, string] = [tenantId, keyPart(name), keyPart(correlationKey)];
      for (const { key } of byName.range({ start: [...parts, 0], end: [...parts, Number.MAX_SAFE_INTEGER] }))
        yield messages.get(key[3])!;
    },
    isCorrelated: (key, bpmnProcessId) => correlations.has([key, keyPart(bpmnProcessId)]),
    correlate: (key, bpmnProcessId) => correlations.put([key, keyPart(bpmnProcessId)], true),
    *deadlines(until) {
      for (const { key } of deadlines.range(until === undefined ? undefined : { end: [until + 1, 0] }))
        yield { at: key[0], key: key[1] };
    },
  };
}

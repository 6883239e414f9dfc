import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyRecord, JsonValue } from '@baton/engine/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Broker } from '../../broker.ts';
import type { LogAddress } from '../../log/log.ts';
import { createHistory, type History, openHistoryStore } from './index.ts';

/** A broker that tells what the test lets it tell: batches of records, one address each. */
class ToldBroker {
  batches: { records: AnyRecord[]; address: LogAddress }[] = [];
  followers = new Set<(records: readonly AnyRecord[], address: LogAddress) => void>();
  lastPosition = -1;
  queries = { process: () => undefined, processes: () => [] };

  tell(...events: Partial<AnyRecord>[]): void {
    this.write(...events);
    this.publish();
  }

  /** Durable, but its followers have not been told yet. */
  write(...events: Partial<AnyRecord>[]): void {
    const records = events.map((event) => {
      this.lastPosition++;
      return {
        position: this.lastPosition,
        sourcePosition: -1,
        timestamp: 1_700_000_000_000 + this.lastPosition,
        recordType: 'EVENT',
        tenantId: 'acme',
        version: 1,
        ...event,
      } as AnyRecord;
    });
    this.batches.push({ records, address: { segment: 1, offset: this.batches.length } });
  }

  publish(): void {
    const { records, address } = this.batches.at(-1)!;
    for (const follower of this.followers) follower(records, address);
  }

  subscribe(position: number, callback: (records: readonly AnyRecord[], address: LogAddress) => void) {
    for (const { records, address } of this.batches) {
      const missed = records.filter((record) => record.position > position);
      if (missed.length > 0) callback(missed, address);
    }
    this.followers.add(callback);
    return () => void this.followers.delete(callback);
  }

  recordsAt(addresses: readonly LogAddress[]): AnyRecord[] {
    return addresses.flatMap(({ offset }) => this.batches[offset]!.records);
  }
}

const element = (intent: string, key: number, given: object): Partial<AnyRecord> =>
  ({
    valueType: 'PROCESS_INSTANCE',
    intent,
    key,
    value: {
      bpmnProcessId: 'order',
      version: 1,
      processDefinitionKey: 10,
      processInstanceKey: 100,
      elementId: 'order',
      bpmnElementType: 'PROCESS',
      flowScopeKey: -1,
      parentProcessInstanceKey: -1,
      parentElementInstanceKey: -1,
      ...given,
    },
  }) as Partial<AnyRecord>;

const task = { elementId: 'charge', bpmnElementType: 'SERVICE_TASK', flowScopeKey: 100 };
const started = [element('ELEMENT_ACTIVATING', 100, {}), element('ELEMENT_ACTIVATED', 100, {})];
const incident = (intent: string): Partial<AnyRecord> =>
  ({
    valueType: 'INCIDENT',
    intent,
    key: 300,
    value: {
      errorType: 'JOB_NO_RETRIES',
      errorMessage: 'Card reader is off',
      bpmnProcessId: 'order',
      processDefinitionKey: 10,
      processInstanceKey: 100,
      elementId: 'charge',
      elementInstanceKey: 101,
      jobKey: 200,
      variableScopeKey: 101,
    },
  }) as Partial<AnyRecord>;
const variable = (intent: string, name: string, value: JsonValue): Partial<AnyRecord> =>
  ({
    valueType: 'VARIABLE',
    intent,
    key: 400,
    value: {
      name,
      value,
      scopeKey: 100,
      processInstanceKey: 100,
      processDefinitionKey: 10,
      bpmnProcessId: 'order',
    },
  }) as Partial<AnyRecord>;

const all = { newestFirst: false, from: 0, limit: 10 };

let folder: string;
let broker: ToldBroker;
let history: History;

function open(): History {
  return createHistory({
    broker: broker as unknown as Broker,
    store: openHistoryStore(folder),
    schedule: () => () => {},
    feel: undefined as never,
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-history-'));
  broker = new ToldBroker();
  history = open();
});

afterEach(async () => {
  await history.close();
  await rm(folder, { recursive: true });
});

describe('a process instance in history', () => {
  it('is there from its start and keeps its end', async () => {
    broker.tell(...started);
    expect(history.instance(100)).toMatchObject({ state: 'ACTIVE', endTime: undefined, tenantId: 'acme' });
    broker.tell(element('ELEMENT_COMPLETED', 100, {}));
    expect(history.instance(100)).toMatchObject({
      state: 'COMPLETED',
      startTime: 1_700_000_000_000,
      endTime: 1_700_000_000_002,
    });
    expect(await history.instances({ ...all, states: ['ACTIVE'] })).toEqual({ items: [], total: 0 });
    expect(await history.instances({ ...all, states: ['COMPLETED'] })).toMatchObject({ total: 1 });
  });

  it('counts its open incidents', () => {
    broker.tell(...started, element('ELEMENT_ACTIVATING', 101, task), incident('CREATED'));
    expect(history.instance(100)).toMatchObject({ incidents: 1 });
    expect(history.run(100).elements).toMatchObject([{ elementId: 'charge', incidentKey: 300 }]);
    broker.tell(incident('RESOLVED'));
    expect(history.instance(100)).toMatchObject({ incidents: 0 });
    expect(history.incident(300)).toMatchObject({ state: 'RESOLVED' });
  });

  it('is read again from the batches that tell of it, and of nothing else', () => {
    broker.tell(...started, variable('CREATED', 'amount', 12));
    broker.tell(element('ELEMENT_ACTIVATING', 900, { processInstanceKey: 900 }));
    broker.tell(
      element('ELEMENT_ACTIVATING', 101, task),
      element('ELEMENT_ACTIVATING', 901, { ...task, processInstanceKey: 900, flowScopeKey: 900 }),
      variable('UPDATED', 'amount', 13),
      element('ELEMENT_COMPLETED', 101, task),
      element('SEQUENCE_FLOW_TAKEN', 102, { elementId: 'toDone', bpmnElementType: 'SEQUENCE_FLOW' }),
    );
    const run = history.run(100);
    expect(run.elements).toMatchObject([{ elementInstanceKey: 101, state: 'COMPLETED', scopeKey: 100 }]);
    expect(run.variables).toMatchObject([{ name: 'amount', value: 13 }]);
    expect(run.flows).toMatchObject([{ flowId: 'toDone' }]);
  });

  it('may be long', () => {
    broker.tell(...started);
    for (let i = 0; i < 100; i++) broker.tell(variable('UPDATED', 'count', i));
    expect(history.events(100)).toHaveLength(102);
    expect(history.run(100).variables).toMatchObject([{ value: 99 }]);
  });
});

describe('lists', () => {
  beforeEach(() => {
    for (let i = 0; i < 25; i++) {
      const tenantId = i % 5 === 0 ? 'globex' : 'acme';
      const key = 1000 + i;
      broker.tell({
        ...element('ELEMENT_ACTIVATING', key, { processInstanceKey: key, version: i % 2 }),
        tenantId,
      });
      if (i % 3 === 0) broker.tell({ ...element('ELEMENT_COMPLETED', key, {}), tenantId });
    }
  });

  it('are one tenant’s, in pages, newest first when asked for', async () => {
    const found = await history.instances({ tenantId: 'acme', newestFirst: true, from: 2, limit: 3 });
    expect(found.total).toBe(20);
    expect(found.items.map((row) => row.processInstanceKey)).toEqual([1022, 1021, 1019]);
  });

  it('are everybody’s for who asks without a tenant', async () => {
    const found = await history.instances({ newestFirst: false, from: 0, limit: 2 });
    expect(found.total).toBe(25);
    expect(found.items.map((row) => row.processInstanceKey)).toEqual([1000, 1001]);
  });

  it('hold what matches, and say how many that are', async () => {
    const found = await history.instances({
      tenantId: 'acme',
      states: ['COMPLETED'],
      matches: ({ version }) => version === 1,
      newestFirst: true,
      from: 0,
      limit: 2,
    });
    expect(found.total).toBe(3);
    expect(found.items.map((row) => row.processInstanceKey)).toEqual([1021, 1009]);
  });
});

describe('history and the log', () => {
  it('goes on where it was after a restart', async () => {
    broker.tell(...started);
    await history.close();
    broker.write(element('ELEMENT_COMPLETED', 100, {}));
    history = open();
    expect(history.instance(100)).toMatchObject({ state: 'COMPLETED', batches: 2 });
  });

  it('makes a client wait that asks for what it has just done', async () => {
    broker.tell(...started);
    broker.write(element('ELEMENT_COMPLETED', 100, {}));
    let caughtUp = false;
    const waiting = history.caughtUp().then(() => {
      caughtUp = true;
    });
    await Promise.resolve();
    expect(caughtUp).toBe(false);
    broker.publish();
    await waiting;
    expect(history.instance(100)).toMatchObject({ state: 'COMPLETED' });
  });
});

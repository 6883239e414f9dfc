import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feel } from '@baton/engine/feel';
import type { AnyRecord } from '@baton/engine/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Broker } from '../broker.ts';
import { type LogDisk, realDisk } from '../log/logDisk.ts';
import { type StartOptions, startBroker } from './startBroker.ts';
import { createTestWorld } from './testWorld.ts';
import { create, publish, toyDomain } from './toyDomain.ts';

const world = createTestWorld();
const running: Broker[] = [];

async function start(options: Partial<StartOptions> = {}): Promise<Broker> {
  const broker = await startBroker({
    dataDirectory: undefined,
    world,
    feel: {} as Feel,
    maxPendingCommands: 1000,
    domain: toyDomain,
    ...options,
  });
  running.push(broker);
  return broker;
}

function trace(records: readonly AnyRecord[]): string[] {
  return records.map(({ recordType, intent, rejection }) =>
    [recordType, intent, rejection?.type].filter(Boolean).join(' '),
  );
}

function follow(broker: Broker, position = -1): AnyRecord[] {
  const seen: AnyRecord[] = [];
  broker.subscribe(position, (records) => void seen.push(...records));
  return seen;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

afterEach(async () => {
  for (const broker of running.splice(0)) await broker.close();
});

describe('the stream of commands and events', () => {
  it('answers a command with what the processor responds, and streams its records', async () => {
    const broker = await start();

    const outcome = await broker.execute(publish('orders', { by: 3, echo: 1 }));

    expect(outcome).toMatchObject({ ok: true, value: { intent: 'PUBLISHED', attachment: 3 } });
    const seen = follow(broker);
    await turn();
    expect(trace(seen)).toEqual(['COMMAND PUBLISH', 'EVENT PUBLISHED', 'COMMAND PUBLISH', 'EVENT PUBLISHED']);
    expect(seen.map(({ position, sourcePosition }) => [position, sourcePosition])).toEqual([
      [0, -1],
      [1, 0],
      [2, 0],
      [3, 2],
    ]);
  });

  it('takes back what a refused command wrote', async () => {
    const broker = await start();
    await broker.execute(publish('orders', { by: 2 }));

    const refused = await broker.execute(publish('orders', { by: 5, limit: 4 }));

    expect(refused).toEqual({
      ok: false,
      failure: { type: 'INVALID_STATE', reason: 'Expected at most 4, but got 7' },
    });
    expect(await broker.execute(publish('orders'))).toMatchObject({ value: { attachment: 3 } });
    const seen = follow(broker, 1);
    await turn();
    expect(trace(seen)).toEqual([
      'COMMAND PUBLISH',
      'COMMAND_REJECTION PUBLISH INVALID_STATE',
      'COMMAND PUBLISH',
      'EVENT PUBLISHED',
    ]);
  });

  it('stops only the instance in which processing threw, and goes on', async () => {
    const broker = await start();
    const created = await broker.execute(create());
    if (!created.ok) throw new Error();
    const instance = created.value.key;

    const failure = await broker.execute(publish('orders', { instance, boom: true }));
    const afterwards = await broker.execute(publish('orders', { instance }));
    const other = await broker.execute(publish('orders'));

    expect(failure).toMatchObject({ ok: false, failure: { type: 'PROCESSING_ERROR' } });
    expect(afterwards).toMatchObject({ ok: false, failure: { type: 'INVALID_STATE' } });
    expect(other).toMatchObject({ ok: true, value: { attachment: 1 } });
    const seen = follow(broker, 1);
    await turn();
    expect(trace(seen)).toEqual([
      'COMMAND PUBLISH',
      'COMMAND_REJECTION PUBLISH PROCESSING_ERROR',
      'EVENT CREATED',
      'COMMAND PUBLISH',
      'COMMAND_REJECTION PUBLISH INVALID_STATE',
      'COMMAND PUBLISH',
      'EVENT PUBLISHED',
    ]);
    expect(seen[2]!.value).toMatchObject({ processInstanceKey: instance, exceptionMessage: 'boom' });
  });

  it('refuses commands beyond its capacity, and takes them again afterwards', async () => {
    const broker = await start({ maxPendingCommands: 2 });

    const outcomes = await Promise.all([1, 2, 3].map(() => broker.execute(publish('orders'))));

    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(outcomes[2]).toEqual({
      ok: false,
      failure: { type: 'RESOURCE_EXHAUSTED', reason: 'Reached maximum capacity of requests handled' },
    });
    expect(await broker.execute(publish('orders'))).toMatchObject({ ok: true });
  });

  it('answers an awaited instance when it completes', async () => {
    const broker = await start();
    let instance = -1;
    broker.subscribe(-1, ([, created]) => {
      if (created?.valueType === 'PROCESS_INSTANCE_CREATION') instance = created.key;
    });

    const result = broker.executeAndAwaitResult(create(), new AbortController().signal);
    while (instance < 0) await turn();
    await broker.execute(publish('done', { instance, by: 7 }));

    expect(await result).toMatchObject({
      ok: true,
      value: { processInstanceKey: instance, variables: { by: 7 }, tenantId: 'acme' },
    });
  });

  it('no longer waits for an instance when its client has gone, or the broker closes', async () => {
    const broker = await start();
    const gone = new AbortController();
    const results = [gone.signal, new AbortController().signal].map((signal) =>
      broker.executeAndAwaitResult(create(), signal),
    );
    const outcomes = Promise.allSettled(results);
    await broker.execute(publish('orders'));

    gone.abort(new Error('client gone'));
    await broker.close();

    expect(await outcomes).toMatchObject([
      { status: 'rejected', reason: { message: 'client gone' } },
      { status: 'rejected', reason: { code: 'BROKER_CLOSED' } },
    ]);
  });

  it('tells who waits for jobs of a type', async () => {
    const broker = await start();
    const heard: string[] = [];
    broker.onJobsAvailable('orders', () => heard.push('orders'));
    broker.onJobsAvailable('invoices', () => heard.push('invoices'))();

    await broker.execute(publish('orders'));
    await broker.execute(publish('invoices'));

    expect(heard).toEqual(['orders']);
  });

  it('hands jobs to the streams of type and tenant in turn, after they are durable', async () => {
    const broker = await start();
    const pushed: string[] = [];
    const known: number[] = [];
    broker.subscribe(-1, (records) => void known.push(...records.map(({ key }) => key)));
    await turn();
    const open = (type: string, worker: string, tenantIds: string[]) =>
      broker.openJobStream({
        type,
        worker,
        tenantIds,
        timeout: 1_000,
        fetchVariables: [],
        push(job) {
          pushed.push(
            `${worker} ${job.key - 2 ** 51}${known.includes(job.key) ? '' : ' before it is durable'}`,
          );
          return true;
        },
      });
    open('orders', 'first', ['acme']);
    const close = open('orders', 'second', ['acme', 'globex']);
    open('invoices', 'third', ['acme']);

    for (let i = 0; i < 3; i++) await broker.execute(publish('orders'));
    await broker.execute(publish('orders', {}, 'globex'));
    close();
    await broker.execute(publish('orders'));
    await broker.execute(publish('orders', {}, 'globex'));

    expect(pushed).toEqual(['first 1', 'second 2', 'first 3', 'second 4', 'first 5']);
  });

  it('takes back a job that its client does not take', async () => {
    const broker = await start();
    broker.openJobStream({
      type: 'orders',
      worker: 'slow',
      tenantIds: ['acme'],
      timeout: 1_000,
      fetchVariables: [],
      push: () => false,
    });
    const seen = follow(broker);

    await broker.execute(publish('orders'));
    await turn();

    expect(trace(seen)).toEqual(['COMMAND PUBLISH', 'EVENT PUBLISHED', 'COMMAND YIELD', 'EVENT YIELDED']);
    expect(seen.at(-1)).toMatchObject({ key: seen[1]!.key, tenantId: 'acme', value: { type: 'orders' } });
  });

  it('does what falls due at its time, and not before', async () => {
    const broker = await start();
    await broker.execute(publish('orders', { wait: 5_000 }));
    const seen = follow(broker, broker.lastPosition);

    world.advance(4_999);
    await turn();
    expect(trace(seen)).toEqual([]);

    world.advance(1);
    await turn();
    expect(trace(seen)).toEqual(['COMMAND EXPIRE', 'EVENT EXPIRED']);
  });

  it('tries what cannot be done now and then, and does the rest at its time', async () => {
    const broker = await start();
    await broker.execute(publish('stuck', { wait: 0 }));
    await broker.execute(publish('orders', { wait: 1_500 }));
    const seen = follow(broker, broker.lastPosition);

    for (let step = 0; step < 20; step++) {
      world.advance(100);
      await turn();
    }

    expect(trace(seen)).toEqual([
      'COMMAND EXPIRE',
      'COMMAND_REJECTION EXPIRE INVALID_STATE',
      'COMMAND EXPIRE',
      'COMMAND_REJECTION EXPIRE INVALID_STATE',
      'COMMAND EXPIRE',
      'EVENT EXPIRED',
    ]);
  });

  it('gives a slow follower the next batch only when it is ready, without a gap', async () => {
    const broker = await start();
    const positions: number[] = [];
    let ready = () => {};
    broker.subscribe(-1, (records) => {
      positions.push(...records.map(({ position }) => position));
      return new Promise<void>((resolve) => {
        ready = resolve;
      });
    });

    for (let i = 0; i < 3; i++) await broker.execute(publish('orders'));
    await turn();
    expect(positions).toEqual([0, 1]);

    for (let i = 0; i < 3; i++) {
      ready();
      await turn();
      await turn();
    }
    expect(positions).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('acknowledges nothing and takes nothing more when the disk is full', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'baton-full-'));
    let full = false;
    const disk: LogDisk = {
      ...realDisk,
      write: (file, bytes, position) =>
        full
          ? Promise.reject(new Error('ENOSPC: no space left on device'))
          : realDisk.write(file, bytes, position),
    };
    const broker = await start({ dataDirectory, disk });
    await broker.execute(publish('orders'));
    const seen = follow(broker, broker.lastPosition);

    full = true;
    const outcomes = await Promise.allSettled([1, 2].map(() => broker.execute(publish('orders'))));
    full = false;

    expect(outcomes).toMatchObject(
      [1, 2].map(() => ({ status: 'rejected', reason: { code: 'LOG_WRITE_FAILED' } })),
    );
    await expect(broker.execute(publish('orders'))).rejects.toThrow('no space left on device');
    await broker.close();
    const again = await start({ dataDirectory });
    expect(await again.execute(publish('orders'))).toMatchObject({ ok: true, value: { attachment: 2 } });
    expect(seen).toEqual([]);
    await again.close();
    rmSync(dataDirectory, { recursive: true });
  });

  it('refuses everything once closed', async () => {
    const broker = await start();
    await broker.close();
    await expect(broker.execute(publish('orders'))).rejects.toMatchObject({ code: 'BROKER_CLOSED' });
  });
});

import { cpSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feel } from '@baton/engine/feel';
import type { AnyRecord } from '@baton/engine/protocol';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Broker } from '../broker.ts';
import type { Store } from '../state/store.ts';
import { startBroker } from './startBroker.ts';
import { createTestWorld } from './testWorld.ts';
import { create, publish, toyDomain } from './toyDomain.ts';

const root = mkdtempSync(join(tmpdir(), 'baton-restart-'));
let folders = 0;
const newFolder = () => join(root, `${folders++}`);
const running: Broker[] = [];

afterEach(async () => {
  for (const broker of running.splice(0)) await broker.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Started {
  broker: Broker;
  dataDirectory: string | undefined;
  /** What the toy has counted under a name. */
  count(name: string): number | undefined;
  /** All that the toy's tables and the stream's own hold. */
  state(): unknown;
  records(): Promise<AnyRecord[]>;
}

async function start(dataDirectory: string | undefined, world = createTestWorld()): Promise<Started> {
  let store: Store | undefined;
  const broker = await startBroker({
    dataDirectory,
    world,
    feel: {} as Feel,
    maxPendingCommands: 1000,
    domain: {
      ...toyDomain,
      createState(created, feel) {
        store = created;
        return toyDomain.createState(created, feel);
      },
    },
  });
  running.push(broker);
  return {
    broker,
    dataDirectory,
    count: (name) => store!.table<string, { count: number }>('counters').get(name)?.count,
    state: () => ['counters', 'deadlines', 'bannedInstances'].map((name) => [...store!.table(name).range()]),
    async records() {
      const records: AnyRecord[] = [];
      const stop = broker.subscribe(-1, (batch) => void records.push(...batch));
      while (records.length <= broker.lastPosition) await new Promise((resolve) => setImmediate(resolve));
      stop();
      // where in the program an exception came from is not part of the story
      return records.map((record) =>
        record.valueType === 'ERROR' ? { ...record, value: { ...record.value, stacktrace: '' } } : record,
      );
    },
  };
}

/** What the disk holds at this moment, as a broker would find it that was killed now. */
function killed({ dataDirectory }: Started): string {
  const copy = newFolder();
  cpSync(dataDirectory!, copy, { recursive: true });
  return copy;
}

const name = fc.constantFrom('orders', 'invoices', 'letters');
const command = fc.oneof(
  fc.record({
    name,
    by: fc.integer({ min: 1, max: 5 }),
    echo: fc.nat({ max: 2 }),
    limit: fc.option(fc.nat({ max: 8 }), { nil: undefined }),
    wait: fc.option(fc.nat({ max: 20 }), { nil: undefined }),
    boom: fc.boolean(),
    instance: fc.option(fc.constantFrom(2 ** 51 + 1, 2 ** 51 + 3), { nil: undefined }),
  }),
  fc.constant('create' as const),
  fc.record({ advance: fc.nat({ max: 30 }) }),
);

describe('a broker on disk', () => {
  it('has after every step the state and the records of one that was never stopped, whether closed or killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(command, fc.constantFrom('go on', 'close', 'kill')), {
          minLength: 1,
          maxLength: 12,
        }),
        async (steps) => {
          const world = createTestWorld();
          const twinWorld = createTestWorld();
          let broker = await start(newFolder(), world);
          const twin = await start(undefined, twinWorld);
          for (const [step, then] of steps) {
            const each = [broker, twin].map(async ({ broker }) => {
              if (typeof step === 'object' && 'advance' in step) return undefined;
              return broker.execute(step === 'create' ? create() : publish(step.name, step));
            });
            const [outcome, expected] = await Promise.all(each);
            expect(outcome).toEqual(expected);
            if (typeof step === 'object' && 'advance' in step) {
              world.advance(step.advance);
              twinWorld.advance(step.advance);
            }
            // a command that is refused for the time being shows that all before it is done
            await Promise.all(
              [broker, twin].map(({ broker }) => broker.execute(publish('end', { limit: 0 }))),
            );
            if (then === 'close') {
              await broker.broker.close();
              broker = await start(broker.dataDirectory, world);
            } else if (then === 'kill') {
              const stopped = broker;
              broker = await start(killed(stopped), world);
              await stopped.broker.close();
            }
            expect(broker.state()).toEqual(twin.state());
          }
          expect(await broker.records()).toEqual(await twin.records());
          for (const each of running.splice(0)) await each.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('never gives a key twice', async () => {
    const first = await start(newFolder());
    const before = await first.broker.execute(publish('orders'));
    const second = await start(killed(first));
    await second.broker.close();
    const third = await start(second.dataDirectory);
    const after = await third.broker.execute(publish('orders'));
    expect([before, after]).toMatchObject([{ value: { key: 2 ** 51 + 1 } }, { value: { key: 2 ** 51 + 2 } }]);
  });

  it('does at its start what fell due while it was down', async () => {
    const world = createTestWorld();
    const first = await start(newFolder(), world);
    await first.broker.execute(publish('orders', { wait: 1_000 }));
    await first.broker.close();
    world.advance(60_000);

    const second = await start(first.dataDirectory, world);
    world.advance(0);
    await second.broker.execute(publish('letters'));

    expect((await second.records()).map(({ intent }) => intent)).toEqual([
      'PUBLISH',
      'PUBLISHED',
      'EXPIRE',
      'EXPIRED',
      'PUBLISH',
      'PUBLISHED',
    ]);
  });

  it('goes on with a long chain of commands where it was killed, and lets others in between', async () => {
    const length = 20_000;
    const first = await start(newFolder());
    const outcomes = await Promise.all([
      first.broker.execute(publish('orders', { echo: length })),
      first.broker.execute(publish('letters')),
    ]);
    expect(outcomes).toMatchObject([{ value: { attachment: 1 } }, { value: { attachment: 1 } }]);
    expect(first.broker.lastPosition).toBeLessThan(length);

    const second = await start(killed(first));
    await second.broker.close();
    const third = await start(second.dataDirectory);
    await third.broker.execute(publish('letters'));
    await expect.poll(() => third.count('orders'), { timeout: 15_000 }).toBe(length + 1);
    expect(third.count('letters')).toBe(2);
    const published = (await third.records()).filter(({ intent }) => intent === 'PUBLISHED');
    expect(published).toHaveLength(length + 3);
  });

  it('is one process at a time', async () => {
    const first = await start(newFolder());
    await expect(start(first.dataDirectory)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_LOCKED' });
  });

  it('refuses to start without the log its state comes from, and rebuilds the state from the log', async () => {
    const first = await start(newFolder());
    for (let i = 0; i < 3; i++) await first.broker.execute(publish('orders'));
    const state = first.state();
    await first.broker.close();
    const folder = first.dataDirectory!;

    const withoutLog = newFolder();
    cpSync(folder, withoutLog, { recursive: true });
    rmSync(join(withoutLog, 'log'), { recursive: true });
    await expect(start(withoutLog)).rejects.toMatchObject({ code: 'LOG_STATE_GAP' });

    const shorter = newFolder();
    cpSync(folder, shorter, { recursive: true });
    const [segment] = readdirSync(join(shorter, 'log'));
    truncateSync(join(shorter, 'log', segment!), 100);
    await expect(start(shorter)).rejects.toMatchObject({ code: 'LOG_STATE_GAP' });

    rmSync(join(folder, 'state'), { recursive: true });
    expect((await start(folder)).state()).toEqual(state);
  });
});

import { createFeel } from '@baton/engine/feel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { appliers } from '../../broker/appliers/index.ts';
import type { BrokerOptions } from '../../broker/broker.ts';
import { checkers } from '../../broker/checkers/index.ts';
import { processors } from '../../broker/processing/commands/index.ts';
import type { Applier } from '../../broker/processing/types.ts';
import { createMemoryStore } from '../../broker/state/memoryStore.ts';
import { createQueries, createState, STATE_LAYOUT } from '../../broker/state/state.ts';
import type { Store, Table, TableKey } from '../../broker/state/store.ts';
import { startBroker } from '../../broker/stream/startBroker.ts';
import { type Block, blocks, chance, possibleSteps, processOf } from '../randomProcess/index.ts';
import { Scenario } from '../scenario.ts';

const feel = createFeel();

/** A store that can be looked at whole. */
function observed(store: Store): { store: Store; dump(): { [table: string]: unknown[] } } {
  const tables = new Map<string, Table<TableKey, unknown>>();
  return {
    store: {
      ...store,
      table<K extends TableKey, V>(name: string) {
        const table = store.table<K, V>(name);
        tables.set(name, table as unknown as Table<TableKey, unknown>);
        return table;
      },
    },
    dump: () => Object.fromEntries([...tables].map(([name, table]) => [name, [...table.range()]])),
  };
}

/** The state that the events alone make. */
function replayed(scenario: Scenario) {
  const { store, dump } = observed(createMemoryStore());
  const state = createState(store, feel);
  const table = appliers as unknown as { [valueType: string]: { [intent: string]: Applier<never> } };
  for (const record of scenario.records) {
    if (record.recordType === 'EVENT') table[record.valueType]![record.intent]!(state, record as never);
  }
  return dump();
}

async function holds(block: Block, seed: number): Promise<void> {
  const next = chance(seed);
  const process = processOf(block);
  let live: ReturnType<typeof observed> | undefined;
  const open = (options: BrokerOptions) =>
    startBroker({
      ...options,
      domain: {
        createState(store: Store) {
          live = observed(store);
          return createState(live.store, feel);
        },
        createQueries,
        stateLayout: STATE_LAYOUT,
        processors,
        appliers,
        checkers,
      },
    });
  const scenario = await Scenario.begin('acme', open);
  const looksTheSame = () => expect(replayed(scenario)).toEqual(live!.dump());

  await scenario.deployTogether(process.files);
  const variables = Object.fromEntries(
    Object.entries(process.choices).map(([name, count]) => [name, next(count)]),
  );
  await scenario.started('random', { ...variables, key: 'k' });
  looksTheSame();

  let detoursLeft = 6;
  while (!scenario.completed.includes('random')) {
    const { onward, detours } = possibleSteps(scenario, process);
    expect(onward, `nothing can be done, but the instance is at ${scenario.trace().at(-1)}`).not.toEqual([]);
    const takesDetour = detoursLeft > 0 && next(3) === 0;
    if (takesDetour) detoursLeft--;
    const steps = takesDetour ? detours : onward;
    await steps[next(steps.length)]!();
    looksTheSame();
  }

  // nothing is left behind but the definitions
  await scenario.wait(60_000);
  const left = Object.entries(live!.dump()).filter(
    ([name, rows]) => rows.length > 0 && !/process|decision|drg|form|resource/i.test(name),
  );
  expect(left).toEqual([]);
  expect(scenario.incidents).toEqual([]);
  await scenario.close();
}

// fast-check prints the seed and the smallest failing process
it('any process completes on any path, and its state is what its events make it, after every step', async () => {
  await fc.assert(fc.asyncProperty(blocks(), fc.nat(), holds), { numRuns: 60 });
});

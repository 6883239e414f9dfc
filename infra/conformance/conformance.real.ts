import { openDifferences, openEmbedded, scenarios } from '@baton/engine/test/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import { differential } from './differential.ts';
import { held, openOracles, oracles, runAlone } from './oracles.ts';
import { PROCESS_TEST_ENGINE } from './processTestEngine.ts';
import { notRecorded } from './recordings.ts';

/** The same processes every time; `npm run conformance -- --random 500` looks for others. */
const SEED = 7;

/** Most of a scenario is waiting for the real one to have nothing left to do. */
const LANES = 5;

const real = await openOracles(oracles, process.env, LANES);
for (const [oracle, reason] of Object.entries(real.missing))
  console.log(`skipped: conformance with ${oracle}: ${reason}`);
afterAll(() => real.close());

describe.each(oracles)('the embedded broker and %s', (oracle) => {
  it.concurrent.for(Object.entries(scenarios))('%s', async ([name, scenario], { skip, expect, task }) => {
    skip(real.missing[oracle] !== undefined, real.missing[oracle]);
    skip(notRecorded(name, oracle) !== undefined, notRecorded(name, oracle));
    const embedded = await runAlone(scenario, openEmbedded);
    const answers =
      (task.result?.retryCount ?? 0) > 0 ? real.runAgain(oracle, scenario) : real.run(oracle, scenario);
    const result = held(name, oracle, embedded, await answers);
    if ('skipped' in result) skip(result.skipped);
    else if (!openDifferences[oracle].includes(name)) expect(result.differences).toEqual([]);
  });
});

it.skipIf(!real.engines)(
  'random processes on random paths write the same records',
  async () => {
    // a scenario that was given up may still be at work on the others
    const { engines, close } = await openOracles([PROCESS_TEST_ENGINE], process.env);
    try {
      expect(await differential(engines!, 100, SEED)).toBe(true);
    } finally {
      await close();
    }
  },
  600_000,
);

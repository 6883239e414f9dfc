import { parseArgs } from 'node:util';
import { openEmbedded, scenarios } from '@baton/engine/test/conformance';
import { differential } from './differential.ts';
import { conformanceOfModels } from './models.ts';
import { held, type Oracle, openOracles, oracles, runAlone } from './oracles.ts';
import { PROCESS_TEST_ENGINE } from './processTestEngine.ts';
import { keep, type Recorded } from './recordings.ts';
import { printTable, type ScenarioResult } from './table.ts';

/**
 * `words` are those of the command line.
 *
 * Runs the scenarios whose name contains one of them (all when there are none) on the embedded broker and the real ones and
 * prints what is equal. With `--record` the traces of the real ones are kept for `npm test`. `--against` and a version leaves
 * the other real one out; what was recorded of it stays. `--random` and a number runs so many random processes instead, in
 * step with the process-test engine; `--seed=N` repeats an earlier such run. `--models` and a folder deploys the models of its
 * tree whose path contains one of the words.
 */
export async function conformance(words: string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const { values: options, positionals: wanted } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      record: { type: 'boolean', default: false },
      against: { type: 'string' },
      random: { type: 'string' },
      seed: { type: 'string' },
      models: { type: 'string' },
    },
  });
  const equal = await chosenRun();
  if (!equal) process.exitCode = 1;

  async function chosenRun(): Promise<boolean> {
    const chosen = chosenOracles(options.against);
    if (options.random !== undefined)
      return runRandomProcesses(Number(options.random), options.seed, environment);
    if (options.models !== undefined)
      return conformanceOfModels(options.models, wanted, chosen[0]!, environment);
    return runScenarios(wanted, chosen, options.record, environment);
  }
}

async function runRandomProcesses(
  runs: number,
  seed: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (!(runs > 0)) throw new Error('Expected --random to be followed by a number of processes.');
  const { missing, engines, close } = await openOracles([PROCESS_TEST_ENGINE], environment);
  try {
    if (engines) return await differential(engines, runs, seed === undefined ? undefined : Number(seed));
    console.log(`${PROCESS_TEST_ENGINE} is skipped: ${missing[PROCESS_TEST_ENGINE]}`);
    return true;
  } finally {
    await close();
  }
}

async function runScenarios(
  wanted: readonly string[],
  chosen: readonly Oracle[],
  record: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const those = Object.entries(scenarios).filter(
    ([name]) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
  );
  const real = await openOracles(chosen, environment);
  for (const [oracle, reason] of Object.entries(real.missing)) console.log(`${oracle} is skipped: ${reason}`);

  const results: ScenarioResult[] = [];
  try {
    for (const [name, scenario] of those) {
      const embedded = await runAlone(scenario, openEmbedded);
      const recorded: Recorded = {};
      for (const oracle of chosen) recorded[oracle] = await real.run(oracle, scenario);
      if (record && Object.keys(real.missing).length === 0) keep(name, recorded);
      const against = chosen.map((oracle) => [oracle, held(name, oracle, embedded, recorded[oracle]!)]);
      results.push({ name, covers: scenario.covers, against: Object.fromEntries(against) });
      process.stdout.write('.');
    }
  } finally {
    await real.close();
  }
  return printTable(results);
}

function chosenOracles(version: string | undefined): readonly Oracle[] {
  if (version === undefined) return oracles;
  const found = oracles.find((oracle) => oracle === version);
  if (!found)
    throw new Error(`Expected --against to name one of ${oracles.join(', ')}, but got '${version}'.`);
  return [found];
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  compare,
  NotVisible,
  openEmbedded,
  run,
  type Scenario,
  type StepOutcome,
  scenarios,
  type Target,
} from '@baton/engine/test/conformance';
import { findJava, hasMaven } from '../real/java.ts';
import { differential } from './differential.ts';
import { openProcessTestEngines, PROCESS_TEST_ENGINE } from './processTestEngine.ts';
import { openRealBroker, REAL_BROKER } from './realBroker.ts';
import { printTable, type ScenarioResult } from './table.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const testEngine = join(root, 'infra', 'conformance', 'ProcessTestEngine.java');
const recordings = join(root, 'engine', 'test', 'conformance', 'recorded');

type Recording = StepOutcome[] | { skipped: string };

/**
 * `words` are those of the command line.
 *
 * Runs the scenarios whose name contains one of them (all when there are none) on the embedded broker and the real ones and
 * prints what is equal. With `--record` the traces of the real ones are kept for `npm test`. `--against` and a version leaves
 * the other real one out; what was recorded of it stays. `--random` and a number runs so many random processes instead, in
 * step with the process-test engine; `--seed=N` repeats an earlier such run.
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
    },
  });
  const equal =
    options.random === undefined
      ? await runScenarios(wanted, chosenOracles(options.against), options.record, environment)
      : await runRandomProcesses(Number(options.random), options.seed, environment);
  if (!equal) process.exitCode = 1;
}

async function runRandomProcesses(
  runs: number,
  seed: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (!(runs > 0)) throw new Error('Expected --random to be followed by a number of processes.');
  const missing = whatIsMissing(environment);
  if (missing) console.log(`${PROCESS_TEST_ENGINE} is skipped: ${missing}`);
  return missing
    ? true
    : differential(testEngine, runs, seed === undefined ? undefined : Number(seed), environment);
}

async function runScenarios(
  wanted: readonly string[],
  oracles: readonly string[],
  record: boolean,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const chosen = Object.entries(scenarios).filter(
    ([name]) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
  );
  const missing = whatIsMissing(environment);
  if (missing) console.log(`${PROCESS_TEST_ENGINE} and ${REAL_BROKER} are skipped: ${missing}`);
  const engines =
    missing || !oracles.includes(PROCESS_TEST_ENGINE)
      ? undefined
      : openProcessTestEngines(testEngine, environment);
  const real = missing || !oracles.includes(REAL_BROKER) ? undefined : await openRealBroker(environment);

  const results: ScenarioResult[] = [];
  try {
    for (const [name, scenario] of chosen) {
      const embedded = await runAlone(scenario, openEmbedded);
      const recorded: { [against: string]: Recording } = {};
      for (const oracle of oracles) recorded[oracle] = { skipped: 'no Java or Maven' };
      if (engines) recorded[PROCESS_TEST_ENGINE] = await runAlone(scenario, engines.fresh);
      if (real) recorded[REAL_BROKER] = await attempt(scenario, real);
      if (record && !missing) keep(name, recorded);
      results.push({ name, covers: scenario.covers, against: held(name, embedded, recorded) });
      process.stdout.write('.');
    }
  } finally {
    await engines?.close();
    await real?.close();
  }
  return printTable(results);
}

function chosenOracles(version: string | undefined): readonly string[] {
  const oracles = [PROCESS_TEST_ENGINE, REAL_BROKER];
  if (version === undefined) return oracles;
  if (!oracles.includes(version))
    throw new Error(`Expected --against to name one of ${oracles.join(', ')}, but got '${version}'.`);
  return [version];
}

function whatIsMissing(environment: NodeJS.ProcessEnv): string | undefined {
  if (!findJava(environment)) return 'Java 21 or newer is missing (BATON_JAVA_HOME may name one)';
  return hasMaven(environment) ? undefined : 'Maven (mvn) is missing';
}

async function runAlone(scenario: Scenario, open: () => Promise<Target>): Promise<Recording> {
  const target = await open();
  try {
    return await attempt(scenario, target);
  } finally {
    await target.close();
  }
}

async function attempt(scenario: Scenario, target: Target): Promise<Recording> {
  const reason = target.cannot?.(scenario.steps);
  if (reason) return { skipped: reason };
  try {
    return await run(scenario, target);
  } catch (error) {
    if (error instanceof NotVisible) return { skipped: error.message };
    throw error;
  }
}

/** What an oracle that did not run did before stays. */
function keep(name: string, recorded: { [against: string]: Recording }): void {
  mkdirSync(recordings, { recursive: true });
  const file = join(recordings, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`);
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const of = (oracle: string) => recorded[oracle] ?? before[oracle] ?? { skipped: 'not recorded yet' };
  const content = {
    scenario: name,
    [PROCESS_TEST_ENGINE]: of(PROCESS_TEST_ENGINE),
    [REAL_BROKER]: of(REAL_BROKER),
  };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

function held(
  name: string,
  embedded: Recording,
  recorded: { [against: string]: Recording },
): ScenarioResult['against'] {
  return Object.fromEntries(
    Object.entries(recorded).map(([against, outcomes]) => {
      if (!Array.isArray(outcomes)) return [against, outcomes];
      if (!Array.isArray(embedded)) return [against, { differences: [embedded.skipped], known: [] }];
      return [against, compare(name, against as '8.8.21' | '8.6.0', embedded, outcomes)];
    }),
  );
}

import { join } from 'node:path';
import {
  CannotRun,
  type Comparison,
  compare,
  run,
  type Scenario,
  type StepOutcome,
  type Target,
} from '@baton/engine/test/conformance';
import { findJava, hasMaven } from '../real/java.ts';
import { root } from '../real/root.ts';
import { openProcessTestEngines, PROCESS_TEST_ENGINE, type ProcessTestEngines } from './processTestEngine.ts';
import { openRealBroker, REAL_BROKER } from './realBroker.ts';

/** The real ones, by their versions. */
export const oracles = [PROCESS_TEST_ENGINE, REAL_BROKER] as const;
export type Oracle = (typeof oracles)[number];

/** What came of a scenario on one of them. */
export type Recording = StepOutcome[] | { skipped: string };

export interface Oracles {
  /** Why one of them could not be started; scenarios are skipped for it. */
  readonly missing: { readonly [O in Oracle]?: string };
  readonly engines: ProcessTestEngines | undefined;
  run(oracle: Oracle, scenario: Scenario): Promise<Recording>;
  /** As `run`, on a broker that has seen nothing yet. */
  runAgain(oracle: Oracle, scenario: Scenario): Promise<Recording>;
  close(): Promise<void>;
}

const testEngine = join(root, 'infra', 'conformance', 'ProcessTestEngine.java');

/**
 * Starts the chosen ones, as far as this machine can.
 *
 * @param lanes scenarios that run on the process-test engine at the same time, each in a Java of its own
 */
export async function openOracles(
  chosen: readonly Oracle[],
  environment: NodeJS.ProcessEnv,
  lanes = 1,
): Promise<Oracles> {
  const missing: { [O in Oracle]?: string } = {};
  async function started<T>(oracle: Oracle, start: () => Promise<T>): Promise<T | undefined> {
    if (!chosen.includes(oracle)) return undefined;
    try {
      demandJavaAndMaven(environment);
      return await start();
    } catch (error) {
      missing[oracle] = (error as Error).message;
      return undefined;
    }
  }
  const all =
    (await started(PROCESS_TEST_ENGINE, async () => {
      const each = Array.from({ length: lanes }, () => openProcessTestEngines(testEngine, environment));
      await (await each[0]!.fresh()).close();
      return each;
    })) ?? [];
  const [engines] = all;
  const free = [...all];
  const waiting: ((engine: ProcessTestEngines) => void)[] = [];
  const inTurn = turns();
  const broker = await started(REAL_BROKER, () => openRealBroker(environment));
  const opened: Oracles = {
    missing,
    engines,
    runAgain(oracle, scenario) {
      const isShared = oracle === REAL_BROKER && broker !== undefined;
      return isShared ? runAlone(scenario, () => openRealBroker(environment)) : opened.run(oracle, scenario);
    },
    async run(oracle, scenario) {
      const reason = missing[oracle];
      if (reason !== undefined) return { skipped: reason };
      if (oracle === PROCESS_TEST_ENGINE && engines) {
        const mine = free.pop() ?? (await new Promise<ProcessTestEngines>((take) => waiting.push(take)));
        try {
          return await runAlone(scenario, mine.fresh);
        } finally {
          const next = waiting.shift();
          if (next) next(mine);
          else free.push(mine);
        }
      }
      if (oracle === REAL_BROKER && broker)
        return inTurn(jobTypesOf(scenario), () => attempt(scenario, broker));
      throw new Error(`Expected ${oracle} to be among the chosen ones.`);
    },
    async close() {
      await Promise.all(all.map((each) => each.close()));
      await broker?.close();
    },
  };
  return opened;
}

/** Job types that a scenario takes jobs of. */
function jobTypesOf({ steps }: Scenario): string[] {
  const types = steps.flatMap((step) => {
    if (!('rpc' in step && ['ActivateJobs', 'StreamActivatedJobs'].includes(step.rpc))) return [];
    const { type } = step.message as { type?: unknown };
    return typeof type === 'string' ? [type] : [];
  });
  return [...new Set(types)];
}

/** Runs what shares a name one after the other: on one broker, scenarios would take each other's jobs. */
function turns() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(names: readonly string[], run: () => Promise<T>): Promise<T> => {
    const before = Promise.allSettled(names.map((name) => last.get(name)));
    const mine = before.then(run);
    for (const name of names) last.set(name, mine);
    return mine;
  };
}

function demandJavaAndMaven(environment: NodeJS.ProcessEnv): void {
  if (!findJava(environment)) throw new Error('Java 21 or newer is missing (BATON_JAVA_HOME may name one)');
  if (!hasMaven(environment)) throw new Error('Maven (mvn) is missing');
}

/** On a broker of its own. */
export async function runAlone(scenario: Scenario, open: () => Promise<Target>): Promise<Recording> {
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
    if (error instanceof CannotRun) return { skipped: error.message };
    throw error;
  }
}

/** What the embedded broker did, held against what one of the real ones did. */
export function held(
  name: string,
  oracle: Oracle,
  embedded: Recording,
  recorded: Recording,
): Comparison | { skipped: string } {
  if (!Array.isArray(recorded)) return recorded;
  if (!Array.isArray(embedded)) return { differences: [embedded.skipped], known: [] };
  return compare(name, oracle, embedded, recorded);
}

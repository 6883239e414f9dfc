import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deployment, openEmbedded, type Target } from '@baton/engine/test/conformance';
import { openProcessTestEngines, PROCESS_TEST_ENGINE } from './processTestEngine.ts';
import { openRealBroker, REAL_BROKER } from './realBroker.ts';

/** Deployments one test engine takes before it gives way to an empty one: what it started by timers adds up. */
const DEPLOYMENTS_OF_ONE_ENGINE = 100;

interface Deployment {
  /** What the table calls it. */
  name: string;
  /** Files sent together. */
  files: readonly string[];
}

/**
 * Deploys every `.bpmn` of a folder tree, alone and with the decisions and forms beside it, on the embedded broker and on the
 * real ones, and prints where the answers differ. 8.6.0 is asked with `broker`.
 */
export async function conformanceOfModels(
  folder: string,
  { broker, environment }: { broker: boolean; environment: NodeJS.ProcessEnv },
): Promise<boolean> {
  const program = fileURLToPath(
    new URL('../../../infra/conformance/ProcessTestEngine.java', import.meta.url),
  );
  const engines = openProcessTestEngines(program, environment);
  const real = broker ? await openRealBroker(environment) : undefined;
  const totals = new Map<string, { equal: number; differs: number }>();
  let embedded: Target | undefined;
  let engine: Target | undefined;
  const hold = (oracle: string, name: string, expected: string, found: string) => {
    const total = totals.get(oracle) ?? { equal: 0, differs: 0 };
    totals.set(oracle, total);
    if (expected === found) total.equal++;
    else {
      total.differs++;
      console.log(`DIFFERENT from ${oracle}: ${name}\n  expected ${expected}\n  but got  ${found}`);
    }
  };
  try {
    for (const [index, { name, files }] of deploymentsOf(folder).entries()) {
      if (!embedded || !engine || index % DEPLOYMENTS_OF_ONE_ENGINE === 0) {
        await embedded?.close();
        await engine?.close();
        embedded = await openEmbedded();
        engine = await engines.fresh();
      }
      const resources = files.map((file) => ({ name: basename(file), content: readFileSync(file) }));
      const found = await deployment(embedded, resources);
      hold(PROCESS_TEST_ENGINE, name, await deployment(engine, resources), found);
      if (real) hold(REAL_BROKER, name, await deployment(real, resources), found);
    }
  } finally {
    await embedded?.close();
    await engine?.close();
    await engines.close();
    await real?.close();
  }
  for (const [oracle, { equal, differs }] of totals)
    console.log(`${oracle}: ${equal} equal, ${differs} different`);
  return [...totals.values()].every(({ differs }) => differs === 0);
}

function deploymentsOf(folder: string): Deployment[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return files
    .filter((file) => file.endsWith('.bpmn'))
    .flatMap((file) => {
      const name = relative(folder, file);
      const beside = files.filter((other) => /\.(dmn|form)$/.test(other) && dirname(other) === dirname(file));
      const alone = { name, files: [file] };
      const together = { name: `${name} with ${beside.length} beside it`, files: [file, ...beside] };
      return beside.length === 0 ? [alone] : [alone, together];
    });
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../real/root.ts';
import { type Oracle, oracles, type Recording } from './oracles.ts';

/** What each of the real ones did with one scenario. */
export type Recorded = { [oracle in Oracle]?: Recording };

const folder = join(root, 'engine', 'test', 'conformance', 'recorded');
const notYet = { skipped: 'not recorded yet' };

const fileOf = (scenario: string) => join(folder, `${scenario.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.json`);

function read(scenario: string): Recorded {
  const file = fileOf(scenario);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Keeps what came of a scenario; what an oracle that did not run did before stays. */
export function keep(scenario: string, recorded: Recorded): void {
  mkdirSync(folder, { recursive: true });
  const before = read(scenario);
  const kept = oracles.map((oracle) => [oracle, recorded[oracle] ?? before[oracle] ?? notYet]);
  const content = { scenario, ...Object.fromEntries(kept) };
  writeFileSync(fileOf(scenario), `${JSON.stringify(content, null, 2)}\n`);
}

/** Why there is no trace of one of the real ones; undefined when there is. */
export function notRecorded(scenario: string, oracle: Oracle): string | undefined {
  const recording = read(scenario)[oracle] ?? notYet;
  return 'skipped' in recording ? recording.skipped : undefined;
}

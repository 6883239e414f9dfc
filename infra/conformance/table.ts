import { type Comparison, openDifferences } from '@baton/engine/test/conformance';

export interface ScenarioResult {
  name: string;
  covers: readonly string[];
  against: { [oracle: string]: Comparison | { skipped: string } };
}

/** Prints a row for each element and RPC, then what differs and what was skipped. `false` when something differs unexplained. */
export function printTable(results: readonly ScenarioResult[]): boolean {
  const oracles = Object.keys(results[0]?.against ?? {});
  const subjects = [...new Set(results.flatMap(({ covers }) => covers))].sort();
  const width = Math.max(...subjects.map((subject) => subject.length), 10);
  console.log(`\n\n${'embedded ='.padEnd(width)}  ${oracles.map((oracle) => oracle.padEnd(28)).join('')}`);
  for (const subject of subjects) {
    const rows = results.filter(({ covers }) => covers.includes(subject));
    const cells = oracles.map((oracle) => cell(rows.map(({ against }) => against[oracle]!)).padEnd(28));
    console.log(`${subject.padEnd(width)}  ${cells.join('')}`.trimEnd());
  }
  let equal = true;
  for (const oracle of oracles) {
    for (const { name, against } of results) {
      const result = against[oracle]!;
      if ('skipped' in result) {
        console.log(`skipped on ${oracle}: ${name} (${result.skipped})`);
        continue;
      }
      for (const known of result.known) console.log(`known difference to ${oracle}: ${name}: ${known}`);
      const open = openDifferences[oracle as keyof typeof openDifferences].includes(name);
      for (const difference of result.differences) {
        if (!open) equal = false;
        console.log(`${open ? 'still open: ' : ''}DIFFERENT from ${oracle}: ${name}\n  ${difference}`);
      }
    }
  }
  const counts = oracles.map(
    (oracle) => `${oracle}: ${cell(results.map(({ against }) => against[oracle]!))}`,
  );
  console.log(`${results.length} scenarios; ${counts.join('; ')}`);
  return equal;
}

function cell(results: readonly (Comparison | { skipped: string })[]): string {
  const count = { equal: 0, known: 0, different: 0, skipped: 0 };
  for (const result of results) {
    if ('skipped' in result) count.skipped++;
    else if (result.differences.length > 0) count.different++;
    else if (result.known.length > 0) count.known++;
    else count.equal++;
  }
  const parts = Object.entries(count).filter(([, number]) => number > 0);
  return parts.map(([word, number]) => `${number} ${word}`).join(', ');
}

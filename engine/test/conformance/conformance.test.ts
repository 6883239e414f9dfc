import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compare } from './compare.ts';
import { openEmbedded } from './embedded.ts';
import { openDifferences } from './openDifferences.ts';
import { run, type StepOutcome } from './run.ts';
import { scenarios } from './scenarios/index.ts';
import { supportMatrix } from './supportMatrix.ts';

const folder = new URL('recorded/', import.meta.url);

interface Recorded {
  scenario: string;
  '8.8.21': StepOutcome[] | { skipped: string };
  '8.6.0': StepOutcome[] | { skipped: string };
}

const recordings = readdirSync(folder).map(
  (file): Recorded => JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
);
const oracles = ['8.8.21', '8.6.0'] as const;

it('has a recording for every scenario, and no other', () => {
  expect(recordings.map(({ scenario }) => scenario).sort()).toEqual(Object.keys(scenarios).sort());
});

it('has process ids of its own in every scenario that runs one: on a real broker all run together', () => {
  const owner = new Map<string, string>();
  for (const [name, { steps }] of Object.entries(scenarios)) {
    if (steps.every((step) => 'rpc' in step && step.rpc === 'DeployResource')) continue;
    const xml = JSON.stringify(steps).replaceAll('\\"', '"');
    for (const [, id] of xml.matchAll(/<(?:\w+:)?process [^>]*\bid="([^"]+)"/g)) {
      expect([id, owner.get(id!) ?? name]).toEqual([id, name]);
      owner.set(id!, name);
    }
  }
});

it('covers every row of what is supported, and every quirk', () => {
  const covered = new Set(Object.values(scenarios).flatMap(({ covers }) => covers));
  expect(supportMatrix.filter((row) => !covered.has(row))).toEqual([]);
});

it.each(recordings)('$scenario', async (recording) => {
  const scenario = scenarios[recording.scenario]!;
  const target = await openEmbedded();
  try {
    const embedded = await run(scenario, target);
    for (const oracle of oracles) {
      const recorded = recording[oracle];
      if (!Array.isArray(recorded)) continue;
      const { differences } = compare(recording.scenario, oracle, embedded, recorded);
      // one that is equal at last comes off the list
      if (openDifferences[oracle].includes(recording.scenario)) expect(differences).not.toEqual([]);
      else expect({ oracle, differences }).toEqual({ oracle, differences: [] });
    }
  } finally {
    await target.close();
  }
});

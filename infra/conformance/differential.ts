import {
  blocks,
  inLockstep,
  laterThan88,
  notThroughGrpc,
  openEmbedded,
} from '@baton/engine/test/conformance';
import fc from 'fast-check';
import type { ProcessTestEngines } from './processTestEngine.ts';

/**
 * Random processes on random paths, on the embedded broker and on the process-test engine in step: their records must be equal.
 * Prints the seed, or the smallest process that shows a difference.
 *
 * @param runs how many processes
 * @param seed of an earlier run, to see it again
 * @returns whether all were equal
 */
export async function differential(
  engines: ProcessTestEngines,
  runs: number,
  seed: number | undefined,
): Promise<boolean> {
  const property = fc.asyncProperty(
    blocks([...notThroughGrpc, ...laterThan88]),
    fc.nat(),
    async (block, path) => {
      const [ours, theirs] = [await openEmbedded(), await engines.fresh()];
      try {
        const difference = await inLockstep(block, path, ours, theirs);
        if (difference) throw new Error(difference);
      } finally {
        await ours.close();
        await theirs.close();
      }
    },
  );
  const details = await fc.check(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
  if (details.failed) console.log(`${fc.defaultReportMessage(details)}\n${details.errorInstance}`);
  else console.log(`${details.numRuns} random processes are equal; seed ${details.seed}`);
  return !details.failed;
}

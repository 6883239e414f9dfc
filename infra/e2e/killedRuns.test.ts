import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { killRuns } from '../load/killedRuns.ts';
import { root } from '../real/root.ts';

// Processes run what is built.
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'infra', 'launch', 'build.mjs')]);
}, 300_000);

it('runs that are killed at any moment go on: nothing recorded is lost, and no recorded call is made again', async () => {
  const { killed, repeated, lost, completed, runs } = await killRuns(60);
  expect({ repeated, lost, open: runs - completed }).toEqual({ repeated: 0, lost: 0, open: 0 });
  expect(killed).toBeGreaterThanOrEqual(60);
}, 600_000);

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { killRuns } from '../load/killedRuns.ts';
import { root } from './root.ts';

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'infra', 'launch', 'build.mjs')]);
}, 300_000);

it('a thousand killed runs repeat no recorded call', async () => {
  const { killed, repeated, lost, completed, runs } = await killRuns(1_000);
  expect({ repeated, lost, open: runs - completed }).toEqual({ repeated: 0, lost: 0, open: 0 });
  expect(killed).toBeGreaterThanOrEqual(1_000);
}, 1_200_000);

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Feel } from '@baton/engine/feel';
import type { AnyRecord } from '@baton/engine/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../broker/state/store.ts';
import { startBroker } from '../../broker/stream/startBroker.ts';
import { createTestWorld } from '../../broker/stream/testWorld.ts';
import { toyDomain } from '../../broker/stream/toyDomain.ts';

const program = fileURLToPath(new URL('./brokerUnderLoad.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../dist/broker/stream/startBroker.js', import.meta.url));
const dataDirectory = mkdtempSync(join(tmpdir(), 'baton-crash-'));

beforeAll(() => {
  if (!existsSync(built))
    throw new Error(`Expected the engine to be built, but ${built} is missing: run "npm run build"`);
});
afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** Runs the broker until it has acknowledged that many commands, then kills it; the keys it acknowledged. */
function runAndKill(acknowledged: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, dataDirectory], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let lines = 0;
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.stdout.on('data', (chunk) => {
      output += chunk;
      lines += String(chunk).split('\n').length - 1;
      if (lines >= acknowledged) child.kill('SIGKILL');
    });
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`The broker stopped by itself: ${errors}`));
      else resolve(output.split('\n').slice(0, -1).map(Number));
    });
  });
}

it('loses nothing that was acknowledged, however often the broker is killed under load', async () => {
  const acknowledged: number[] = [];
  for (const count of [1, 300, 1_000, 2_500, 700, 4_000]) acknowledged.push(...(await runAndKill(count)));

  let store: Store | undefined;
  const broker = await startBroker({
    dataDirectory,
    world: createTestWorld(),
    feel: {} as Feel,
    maxPendingCommands: 1000,
    domain: {
      ...toyDomain,
      createState(created, feel) {
        store = created;
        return toyDomain.createState(created, feel);
      },
    },
  });
  const records: AnyRecord[] = [];
  broker.subscribe(-1, (batch) => void records.push(...batch));
  while (records.length <= broker.lastPosition) await new Promise((resolve) => setImmediate(resolve));

  const events = records.filter((record) => record.intent === 'PUBLISHED');
  const keys = events.map(({ key }) => key);
  const survived = new Set(keys);
  expect(survived.size).toBe(keys.length);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(acknowledged.filter((key) => !survived.has(key))).toEqual([]);
  expect(records.map(({ position }) => position)).toEqual(records.map((_, index) => index));

  const counts: Record<string, number> = {};
  for (const { valueType, value } of events) {
    if (valueType === 'MESSAGE') counts[value.name] = (counts[value.name] ?? 0) + 1;
  }
  const counters = store!.table<string, { count: number }>('counters').range();
  expect(Object.fromEntries([...counters].map(({ key, value }) => [key, value.count]))).toEqual(counts);
  await broker.close();
}, 60_000);

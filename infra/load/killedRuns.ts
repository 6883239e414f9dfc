import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../real/root.ts';

export interface KilledRuns {
  /** Runs that were at work when their process was killed. */
  killed: number;
  /** Processes killed. */
  kills: number;
  /** Of the runs, those that came to the right end in the end. */
  completed: number;
  runs: number;
  /** Calls that were recorded. */
  recorded: number;
  /** Calls made again though they were recorded. */
  repeated: number;
  /** Calls that were said to be recorded and are not there after the kill. */
  lost: number;
  /** Calls that were under way when the process was killed: nobody knows what came of them, so they are made again. */
  underWay: number;
}

/** Runs at work at once, at most. */
const AT_ONCE = 60;
/** Lines that a process may say of each of its runs before it is killed, at most. */
const LONGEST = 20;

/** Kills processes with agents' runs at work at random moments, until so many runs were hit; then lets all come to their end. */
export async function killRuns(atLeast: number, chance: () => number = Math.random): Promise<KilledRuns> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'baton-killed-'));
  const figures = { killed: 0, kills: 0, completed: 0, runs: 0, repeated: 0, lost: 0, underWay: 0 };
  const atOnce = Math.min(AT_ONCE, Math.ceil(atLeast / 4));
  /** Runs by the calls that were recorded of them. */
  const recorded = new Map<string, string>();
  const made = new Map<string, number>();
  const open = new Set<string>();
  let wrong = '';

  /** @param lines after which it is killed */
  async function work(lines: number): Promise<void> {
    const child = spawn(
      process.execPath,
      [join(root, 'infra', 'dist', 'load', 'killedRunsProcess.js'), dataDirectory, ...open],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<boolean>((resolve) =>
      child.once('exit', (code, signal) => resolve(code === 0 || signal === 'SIGKILL')),
    );
    const begun = new Set<string>();
    const known = new Set<string>();
    let said = -1;
    for await (const line of createInterface(child.stdout)) {
      const [what = '', of = '', run = ''] = line.split(' ');
      if (what === 'ready') {
        figures.lost += [...recorded].filter(([key, run]) => open.has(run) && !known.has(key)).length;
        said = 0;
      } else if (what === 'known') known.add(of);
      else if (what === 'recorded') recorded.set(of, run);
      else if (what === 'begun') begun.add(of);
      else if (what === 'repeated') figures.repeated += 1;
      else if (what === 'wrong') wrong = of;
      else if (what === 'done') {
        figures.completed += 1;
        open.delete(of);
        begun.delete(of);
      }
      if (what === 'made') made.set(of, (made.get(of) ?? 0) + 1);
      if (said >= 0 && ++said === lines) child.kill('SIGKILL');
    }
    if (!(await ended)) throw new Error('Expected the process to end as it was told to, but it did not');
    if (wrong !== '') throw new Error(`Expected ${wrong} to come to its end, but it did not`);
    if (child.signalCode === 'SIGKILL') {
      figures.killed += begun.size;
      figures.kills += 1;
    }
  }

  try {
    while (figures.killed < atLeast) {
      while (open.size < atOnce) open.add(`run-${figures.runs++}`);
      await work(1 + atOnce + Math.floor(chance() * LONGEST * atOnce));
    }
    await work(Number.POSITIVE_INFINITY);
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
  for (const times of made.values()) figures.underWay += times - 1;
  return { ...figures, recorded: recorded.size };
}

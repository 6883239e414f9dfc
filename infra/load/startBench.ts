import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../real/ports.ts';
import { processTree, residentBytes } from './processFigures.ts';
import { rounded } from './statistics.ts';

/** ms of doing nothing before memory is read. */
const IDLE = 10_000;

interface Started {
  /** s from `npm start` to the line that says ready. */
  seconds: number;
  /** MiB of all processes together, after a while of idleness. */
  residentMiB: number;
}

/** Runs `npm start` in a checkout until it is ready and has been idle for a while. */
async function startOnce(folder: string, environment: NodeJS.ProcessEnv): Promise<Started> {
  const [web, grpc, rest] = await Promise.all([freePort(), freePort(), freePort()]);
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...environment,
      PORT: String(web),
      ENGINE_GRPC_PORT: String(grpc),
      ENGINE_REST_PORT: String(rest),
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Baton is ready')) resolve();
    });
    void ended.then(() => reject(new Error(`Expected npm start to become ready, but it ended:\n${output}`)));
  });
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, IDLE));
  const tree = processTree(child.pid as number);
  const bytes = tree.reduce((sum, pid) => sum + (residentBytes(pid) ?? 0), 0);
  for (const pid of tree.reverse()) {
    try {
      process.kill(pid, 'SIGINT');
    } catch {}
  }
  await ended;
  return { seconds: rounded(seconds), residentMiB: rounded(bytes / 2 ** 20, 0) };
}

/** A fresh clone of the committed state: first start (install and build), then a second one. */
export async function benchStart(root: string, environment: NodeJS.ProcessEnv): Promise<unknown> {
  const parent = mkdtempSync(join(tmpdir(), 'baton-start-'));
  const folder = join(parent, 'baton');
  try {
    execFileSync('git', ['clone', '--quiet', root, folder]);
    const first = await startOnce(folder, environment);
    const again = await startOnce(folder, environment);
    const kilobytes = execFileSync('du', ['-sk', 'node_modules'], { cwd: folder, encoding: 'utf8' });
    const result = {
      'first npm start, s (goal < 150)': first.seconds,
      'npm start after that, s (goal < 3)': again.seconds,
      'resident when idle, all processes, MiB (goal < 300)': again.residentMiB,
      'node_modules, MB (goal < 900)': Math.round(Number.parseInt(kilobytes, 10) / 1000),
    };
    console.table(result);
    return result;
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

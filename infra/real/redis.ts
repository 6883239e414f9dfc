import { spawn, spawnSync } from 'node:child_process';
import { freePort, until } from './ports.ts';

export interface RealRedis {
  url: string;
  /** Stops answering, as a machine that hangs, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it at once; nothing is kept. */
  stop(): Promise<void>;
  /** The same address again, empty. */
  start(): Promise<void>;
}

/** Whether `redis-server` can be called. */
export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** Starts a Redis on a free loopback port that keeps nothing on disk. */
export async function startRealRedis(): Promise<RealRedis> {
  const port = await freePort();
  const start = async () => {
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    if (!(await until(async () => output.includes('Ready to accept connections'), 20_000))) {
      child.kill('SIGKILL');
      throw new Error(`Expected redis-server to become ready, but it did not:\n${output}`);
    }
    return child;
  };
  let child = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
    async start() {
      child = await start();
    },
  };
}

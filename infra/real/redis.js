import { spawn, spawnSync } from 'node:child_process';
import { freePort, until } from './ports.js';
/** Whether `redis-server` can be called. */
export function hasRedis() {
  return spawnSync('redis-server', ['--version']).status === 0;
}
/** Starts a Redis on a free loopback port that keeps nothing on disk. */
export async function startRealRedis() {
  const port = await freePort();
  const start = async () => {
    const child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', (chunk) => {
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
//# sourceMappingURL=redis.js.map

import type { spawn as nodeSpawn } from 'node:child_process';
import type { StartMcpProcess } from '../ports.ts';

/** ms between asking a process to end and ending it. */
const GRACE = 2_000;

export interface ProcessWorld {
  spawn: typeof nodeSpawn;
  /** `process.kill`: of a group, by its negative id. */
  kill(pid: number, signal: NodeJS.Signals): void;
  /** A directory of its own for each process: where it works, and its home. */
  newDirectory(): string;
  removeDirectory(path: string): void;
  /** What every command may know of this machine: where programs lie, how texts are written. Nothing else is passed on. */
  environment: Readonly<Record<string, string>>;
  schedule(ms: number, callback: () => void): () => void;
}

/** Starts commands in a group and a directory of their own, with no environment but what they are given. */
export function ownProcesses(world: ProcessWorld): StartMcpProcess {
  return ({ command, args, env }, events) => {
    const directory = world.newDirectory();
    let over = false;
    let stopKilling = () => {};
    const child = world.spawn(command, [...args], {
      cwd: directory,
      env: { ...world.environment, HOME: directory, TMPDIR: directory, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      shell: false,
      windowsHide: true,
    });
    const end = (why: string) => {
      if (over) return;
      over = true;
      stopKilling();
      // What it started may outlive it.
      killGroup('SIGKILL');
      world.removeDirectory(directory);
      events.ended(why);
    };
    const killGroup = (signal: NodeJS.Signals) => {
      if (child.pid === undefined) return;
      try {
        world.kill(-child.pid, signal);
      } catch {
        // Nobody of the group is left.
      }
    };
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ENOENT' ? 'there is no such program' : `it could not be started: ${error.message}`),
    );
    child.on('exit', (code, signal) =>
      end(signal ? `it was ended by ${signal}` : `it ended with code ${code}`),
    );
    child.stdout.on('data', (chunk: Buffer) => events.output(chunk));
    child.stderr.on('data', (chunk: Buffer) => events.errors(chunk));
    // A process that ends while it is written to says so by its end.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
    return {
      write: (text) =>
        new Promise((resolve, reject) => {
          child.stdin.write(text, (error) => (error ? reject(error) : resolve()));
        }),
      kill() {
        if (over) return;
        killGroup('SIGTERM');
        stopKilling = world.schedule(GRACE, () => killGroup('SIGKILL'));
      },
    };
  };
}

import type { spawn as nodeSpawn, SpawnOptions } from 'node:child_process';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ProcessWorld } from '@baton/tools-registry';

export interface ProgramsOptions {
  spawn: typeof nodeSpawn;
  /** `process.kill`; with signal 0 it only throws when there is no such process. */
  kill(pid: number, signal: NodeJS.Signals | 0): void;
  /** Where each program gets a folder of its own. */
  directory: string;
  /** Process and user that start them. */
  owner: { pid: number; uid: number | undefined };
  /** What every program may know of this machine. */
  environment: Readonly<Record<string, string>>;
}

export type Programs = Omit<ProcessWorld, 'schedule'>;

/** `baton-mcp-<owner>-<random>`, and beside it which process works there. */
const ownFolder = /^baton-mcp-(\d+)-\w{6}$/;
const pidFile = (folder: string) => `${folder}.pid`;

/**
 * What programs of this machine are started with, each in a folder of its own. A program may outlive us when we are killed; what
 * earlier processes left is ended at start: only what still works in the folder that was made for it.
 */
export function ownPrograms({ spawn, kill, directory, owner, environment }: ProgramsOptions): Programs {
  const removeDirectory = (folder: string) => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(pidFile(folder), { force: true });
  };

  function endLeftover(folder: string) {
    try {
      const pid = Number(readFileSync(pidFile(folder), 'utf8'));
      // Where there is no /proc nobody knows, and nothing is killed.
      if (pid > 1 && readlinkSync(`/proc/${pid}/cwd`) === folder) kill(-pid, 'SIGKILL');
    } catch {
      // It ended long ago.
    }
    removeDirectory(folder);
  }

  for (const name of readdirSync(directory)) {
    const [, pid] = ownFolder.exec(name) ?? [];
    const folder = join(directory, name);
    if (pid === undefined || lstatSync(folder).uid !== owner.uid || isAlive(Number(pid), kill)) continue;
    endLeftover(folder);
  }

  return {
    kill,
    environment,
    newDirectory: () => mkdtempSync(join(directory, `baton-mcp-${owner.pid}-`)),
    removeDirectory,
    spawn: ((command: string, args: readonly string[], options: SpawnOptions) => {
      const child = spawn(command, args, options);
      if (child.pid !== undefined) writeFileSync(pidFile(String(options.cwd)), String(child.pid));
      return child;
    }) as typeof nodeSpawn,
  };
}

function isAlive(pid: number, kill: ProgramsOptions['kill']): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import {
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { BrokerError } from './errors.ts';

/** Folders this thread holds. */
const held = new Set<string>();

/**
 * Makes the folder this process's own until the returned function is called; throws `DATA_DIRECTORY_LOCKED` while another
 * live process, or another thread of this one, has it. What a killed process left behind is taken over.
 */
export function lockDataDirectory(directory: string): () => void {
  // variables of processes are nobody else's to read
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const folder = realpathSync(directory);
  const file = join(folder, 'LOCK');
  if (held.has(folder)) throw locked(folder, process.pid);
  const inode = String(statSync(folder).ino);
  const mine = `${process.pid} ${startOf(process.pid)} ${inode}`;
  const proposal = `${file}.${process.pid}.${threadId}`;
  writeFileSync(proposal, mine);
  try {
    // a link fails when the file exists, and appears with its content: no reader meets an empty lock
    for (let attempt = 0; !tryLink(proposal, file); attempt++) {
      const owner = readOwner(file);
      if (owner === undefined) continue;
      const isCopy = owner.inode !== '' && owner.inode !== inode;
      if ((!isCopy && isRunning(owner)) || attempt > 10) throw locked(folder, owner.pid);
      const stale = `${file}.stale.${process.pid}.${threadId}`;
      renameSync(file, stale);
      unlinkSync(stale);
    }
  } finally {
    unlinkSync(proposal);
  }
  held.add(folder);
  return () => {
    held.delete(folder);
    unlinkSync(file);
  };
}

interface Owner {
  pid: number;
  /** When the process began, in the words of its system; '' where it does not say. */
  start: string;
  /** Of the folder it locked: a copy of the folder is nobody's. */
  inode: string;
}

function locked(folder: string, pid: number): BrokerError {
  return new BrokerError(
    'DATA_DIRECTORY_LOCKED',
    `Expected the data directory '${folder}' to be free, but process ${pid} has it open. Stop that process, or name another directory`,
    { folder, pid },
  );
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    const [pid, start, inode] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), start: start ?? '', inode: inode ?? '' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning({ pid, start }: Owner): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // ids are used again, in containers after every restart
  const now = startOf(pid);
  return start === '' || now === '' || start === now;
}

/** Field 22 of Linux' process status: start time in ticks since boot. */
function startOf(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownPrograms } from './mcpPrograms.ts';

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'baton-programs-')));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const kill = (pid: number, signal: NodeJS.Signals | 0) => void process.kill(pid, signal);
/** Above every id that Linux gives. */
const nobody = 4_194_305;
const programsOf = (pid: number) =>
  ownPrograms({
    spawn,
    kill,
    directory,
    owner: { pid, uid: process.getuid?.() },
    environment: {},
  });

function begun(owner: number) {
  const programs = programsOf(owner);
  const cwd = programs.newDirectory();
  const child = programs.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    cwd,
    detached: true,
    stdio: 'ignore',
  });
  return { cwd, child, ended: new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal))) };
}

it.skipIf(!existsSync('/proc/self/cwd'))(
  'a program that outlived us is ended at the next start',
  async () => {
    const left = begun(nobody);
    programsOf(process.pid);
    expect(await left.ended).toBe('SIGKILL');
    expect(readdirSync(directory)).toEqual([]);
  },
);

it('a program of somebody who is there goes on, and one that works elsewhere is not ours', async () => {
  const theirs = begun(process.pid);
  const folder = join(directory, `baton-mcp-${nobody}-abcdef`);
  mkdirSync(folder);
  writeFileSync(`${folder}.pid`, String(theirs.child.pid));
  programsOf(process.pid);
  expect([theirs.child.exitCode, theirs.child.signalCode]).toEqual([null, null]);
  expect(existsSync(theirs.cwd)).toBe(true);
  expect(existsSync(folder)).toBe(false);
  theirs.child.kill('SIGKILL');
  expect(await theirs.ended).toBe('SIGKILL');
});

it('a folder goes with what was written beside it', () => {
  const programs = programsOf(process.pid);
  const folder = programs.newDirectory();
  writeFileSync(`${folder}.pid`, '1');
  programs.removeDirectory(folder);
  expect(readdirSync(directory)).toEqual([]);
});

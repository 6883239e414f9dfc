import { execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from './ports.ts';

/** A database server of its own, on a free loopback port, that is gone with its data afterwards. */
export interface RealSqlServer {
  /** Without its password. */
  url: string;
  password: string;
  stop(): Promise<void>;
}

const PASSWORD = 'pass word/1';

/** Servers refuse to run as root: they run as the user their package made. */
function runAs(user: string): Pick<SpawnOptions, 'uid' | 'gid'> {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function folderOf({ uid, gid }: Pick<SpawnOptions, 'uid' | 'gid'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-sql-'));
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

async function started(
  command: string,
  args: readonly string[],
  owner: Pick<SpawnOptions, 'uid' | 'gid'>,
  folder: string,
  isReady: (output: string) => boolean,
) {
  const child = spawn(command, args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  if (!(await until(async () => isReady(output), 60_000))) {
    child.kill('SIGKILL');
    throw new Error(`Expected ${command} to become ready, but it did not:\n${output}`);
  }
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Folder of PostgreSQL's programs, which Debian keeps out of the path. */
function postgresPrograms(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const [newest] = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
  const folder = newest === undefined ? '' : join(versions, newest, 'bin');
  if (existsSync(join(folder, 'initdb'))) return folder;
  return spawnSync('initdb', ['--version']).status === 0 ? '' : undefined;
}

export function hasPostgres(): boolean {
  return postgresPrograms() !== undefined;
}

export async function startPostgres(): Promise<RealSqlServer> {
  const programs = postgresPrograms() ?? '';
  const owner = runAs('postgres');
  const folder = folderOf(owner);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const data = join(folder, 'data');
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'app', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync', '-E', 'UTF8'],
    { ...owner, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
  const stop = await started(join(programs, 'postgres'), settings, owner, folder, (output) =>
    output.includes('ready to accept connections'),
  );
  return { url: `postgres://app@127.0.0.1:${port}/postgres`, password: PASSWORD, stop };
}

export function hasMariadb(): boolean {
  return spawnSync('mariadbd', ['--version']).status === 0;
}

export async function startMariadb(): Promise<RealSqlServer> {
  const owner = runAs('mysql');
  const folder = folderOf(owner);
  const data = join(folder, 'data');
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'],
    {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const setUp = join(folder, 'setup.sql');
  writeFileSync(
    setUp,
    [
      'CREATE DATABASE shop',
      `CREATE USER app@'%' IDENTIFIED BY '${PASSWORD}'`,
      `GRANT ALL ON shop.* TO app@'%'`,
    ]
      .map((statement) => `${statement};\n`)
      .join(''),
    { mode: 0o644 },
  );
  const settings = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    `--init-file=${setUp}`,
    '--skip-name-resolve',
  ];
  const stop = await started('mariadbd', settings, owner, folder, (output) =>
    output.includes('ready for connections'),
  );
  return { url: `mysql://app@127.0.0.1:${port}/shop`, password: PASSWORD, stop };
}

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, findJava, hasMaven } from './java.ts';
import { freePort, until } from './ports.ts';
import { root } from './root.ts';

/** The real issuer, for tests. Nothing of it is shipped. */
const VERSION = '26.7.3';

/** ms; it needs about a minute of one core. */
const START_TIMEOUT = 300_000;

export interface RealKeycloak {
  pid: number;
  /** Issuer of our realm; its editor lives at http://127.0.0.1:3000, where nobody needs to listen. */
  issuer: string;
  /** Lines of its log with a warning or an error. */
  warnings(): string[];
  stop(): Promise<void>;
}

/** Why it cannot be had on this machine; undefined when it is there, or was fetched now. */
export function keycloakMissing(environment: NodeJS.ProcessEnv): string | undefined {
  const java = findJava(environment);
  if (!java) return 'there is no Java 21 or newer';
  if (existsSync(homeIn(environment))) return undefined;
  if (!hasMaven(environment)) return 'there is no Maven to fetch it';
  try {
    ensureBuilt(environment, java);
    return undefined;
  } catch {
    return 'it could not be fetched and built';
  }
}

const homeIn = (environment: NodeJS.ProcessEnv) => join(cacheFolder(environment), `keycloak-${VERSION}`);

/** Fetches the distribution with Maven into the cache and builds it for the database in memory, once. */
function ensureBuilt(environment: NodeJS.ProcessEnv, java: string): string {
  const home = homeIn(environment);
  if (existsSync(home)) return home;
  const staging = join(cacheFolder(environment), `staging-keycloak-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  execFileSync(
    'mvn',
    [
      '-q',
      'dependency:unpack',
      `-Dartifact=org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`,
      `-DoutputDirectory=${staging}`,
    ],
    // Markers of what was unpacked lie in the working folder.
    { stdio: 'inherit', cwd: staging },
  );
  const unpacked = join(staging, `keycloak-${VERSION}`);
  execFileSync('bash', [join(unpacked, 'bin', 'kc.sh'), 'build', '--db=dev-mem', '--health-enabled=true'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...environment, JAVA_HOME: java },
  });
  renameSync(unpacked, home);
  rmSync(staging, { recursive: true, force: true });
  return home;
}

/** A home of this run: everything of the built one, with data of its own. */
function ownHome(built: string): string {
  const home = mkdtempSync(join(tmpdir(), 'baton-keycloak-'));
  // The start script finds its home by its own place.
  cpSync(join(built, 'bin'), join(home, 'bin'), { recursive: true });
  for (const part of ['lib', 'conf', 'providers', 'themes', 'version.txt']) {
    if (existsSync(join(built, part))) symlinkSync(join(built, part), join(home, part));
  }
  const imported = join(home, 'data', 'import');
  mkdirSync(imported, { recursive: true });
  cpSync(join(root, 'infra', 'keycloak', 'baton-realm.json'), join(imported, 'baton-realm.json'));
  return home;
}

/**
 * Starts the real issuer with our realm on free loopback ports.
 * @throws when Java 21 or Maven is missing, or it does not become ready within five minutes
 */
export async function startRealKeycloak(environment: NodeJS.ProcessEnv): Promise<RealKeycloak> {
  const java = findJava(environment);
  if (!java) throw new Error('Expected Java 21 or newer, but there is none. Set BATON_JAVA_HOME to one.');
  const home = ownHome(ensureBuilt(environment, java));
  const [port, management] = await Promise.all([freePort(), freePort()]);
  const address = `http://127.0.0.1:${port}`;
  const log = join(home, 'log');
  const output = openSync(log, 'a');
  const child = spawn(
    'bash',
    [
      join(home, 'bin', 'kc.sh'),
      'start',
      '--optimized',
      '--import-realm',
      '--http-enabled=true',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      `--http-management-port=${management}`,
      `--hostname=${address}`,
      '--cache=local',
    ],
    {
      stdio: ['ignore', output, output],
      env: { ...environment, JAVA_HOME: java, JAVA_OPTS_APPEND: '-Xmx512m' },
    },
  );
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  };
  const lines = () => readFileSync(log, 'utf8').split('\n');
  const ready = await until(async () => {
    if (child.exitCode !== null) return true;
    try {
      return (await fetch(`http://127.0.0.1:${management}/health/ready`)).ok;
    } catch {
      return false;
    }
  }, START_TIMEOUT);
  if (!ready || child.exitCode !== null) {
    const said = lines()
      .filter((line) => /ERROR|Caused by/.test(line))
      .join('\n');
    await stop();
    throw new Error(`Expected Keycloak to become ready within five minutes, but it did not:\n${said}`);
  }
  return {
    pid: child.pid as number,
    issuer: `${address}/realms/baton`,
    warnings: () => lines().filter((line) => / (WARN|ERROR) /.test(line)),
    stop,
  };
}

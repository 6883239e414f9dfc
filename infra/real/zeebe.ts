import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, findJava } from './java.ts';
import { freePort, until } from './ports.ts';

/** The real broker, as an oracle for tests and benchmarks. Nothing of it is shipped; its licence is Camunda's. */
const VERSION = '8.6.0';

export interface RealService {
  pid: number;
  grpcAddress: string;
  /** Base URL of its `/v2`; nothing can be searched there without a secondary storage. */
  restAddress: string;
  stop(): Promise<void>;
}

/** Fetches the distribution with Maven into the cache, once. */
function ensureDistribution(cache: string): string {
  const home = join(cache, `camunda-zeebe-${VERSION}`);
  if (existsSync(home)) return home;
  const staging = join(cache, `staging-${process.pid}`);
  mkdirSync(staging, { recursive: true });
  execFileSync(
    'mvn',
    [
      '-q',
      'dependency:copy',
      `-Dartifact=io.camunda:camunda-zeebe:${VERSION}:tar.gz`,
      `-DoutputDirectory=${staging}`,
    ],
    { stdio: 'inherit' },
  );
  execFileSync('tar', ['-xzf', join(staging, `camunda-zeebe-${VERSION}.tar.gz`), '-C', staging]);
  renameSync(join(staging, `camunda-zeebe-${VERSION}`), home);
  rmSync(staging, { recursive: true, force: true });
  return home;
}

/**
 * Starts the real broker on free loopback ports, with flush to disk on.
 * @param dataFolder where it keeps its data
 * @throws when Java 21 or Maven is missing, or it does not become ready within four minutes
 */
export async function startRealZeebe(
  dataFolder: string,
  environment: NodeJS.ProcessEnv,
): Promise<RealService> {
  const java = findJava(environment);
  if (!java) throw new Error('Expected Java 21 or newer, but there is none. Set BATON_JAVA_HOME to one.');
  const cache = cacheFolder(environment);
  const home = ensureDistribution(cache);
  const [gateway, command, internal, server, management] = await Promise.all(
    Array.from({ length: 5 }, freePort),
  );
  const child = spawn(join(home, 'bin', 'broker'), [], {
    stdio: 'ignore',
    env: {
      ...environment,
      JAVA_HOME: java,
      JAVACMD: join(java, 'bin', 'java'),
      JAVA_OPTS:
        '-Xmx2g --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow',
      ZEEBE_BROKER_NETWORK_HOST: '127.0.0.1',
      ZEEBE_BROKER_GATEWAY_NETWORK_HOST: '127.0.0.1',
      ZEEBE_BROKER_GATEWAY_NETWORK_PORT: String(gateway),
      ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT: String(command),
      ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT: String(internal),
      SERVER_PORT: String(server),
      MANAGEMENT_SERVER_PORT: String(management),
      ZEEBE_BROKER_DATA_DIRECTORY: dataFolder,
    },
  });
  const ready = await until(async () => {
    try {
      return (await fetch(`http://127.0.0.1:${management}/ready`)).ok;
    } catch {
      return false;
    }
  }, 240_000);
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  if (!ready) {
    await stop();
    throw new Error('Expected the real broker to become ready within four minutes, but it did not.');
  }
  return {
    pid: child.pid as number,
    grpcAddress: `127.0.0.1:${gateway}`,
    restAddress: `http://127.0.0.1:${server}`,
    stop,
  };
}

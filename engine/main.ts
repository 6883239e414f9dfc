import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import {
  type BrokerWorld,
  createBroker,
  createHistory,
  createPendingBytes,
  openHistoryStore,
} from '@baton/engine/broker';
import { createFeel } from '@baton/engine/feel';
import { createGrpcServer } from '@baton/engine/grpc';
import { createRestServer } from '@baton/engine/rest';
import { createMovableClock } from './clock.ts';
import { ConfigError, type EngineConfig, readConfig } from './config.ts';

export { type EngineConfig, variables } from './config.ts';

/** A running broker with both its doors. */
export interface Engine {
  /** `host:port` of the Zeebe gateway protocol. */
  grpcAddress: string;
  /** Base URL of the `/v2` API without `/v2`. */
  restAddress: string;
  /** Ends the doors, then writes what is not on disk yet. */
  close(): Promise<void>;
}

/** What the product starts the broker's thread with (`workerData`), and what the thread tells it. */
export interface EngineThreadData {
  engine: EngineConfig;
}
export type EngineThreadMessage =
  | { kind: 'ready'; grpcAddress: string; restAddress: string }
  | { kind: 'refused'; message: string }
  | { kind: 'closed' };

/** Unanswered commands before new ones are refused. */
const MAX_PENDING_COMMANDS = 1000;

const world: BrokerWorld = {
  now: Date.now,
  schedule(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};

/** Node fires longer timers at once, ms. A caller woken early looks at the clock and waits again. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The delay of the event loop is looked at this often, and is the mean of the time between two looks, ms. */
const DELAY_INTERVAL = 500;
/** A look at the event loop wakes it this often, ms; it counts as delay, though it is none. */
const DELAY_RESOLUTION = 20;

/** How late the thread runs: what back-pressure goes by. */
function watchEventLoop(): { delay(): number; stop(): void } {
  const histogram = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION });
  histogram.enable();
  let delay = 0;
  let before = 0;
  const timer = setInterval(() => {
    const mean = Number.isNaN(histogram.mean) ? 0 : Math.max(0, histogram.mean / 1e6 - DELAY_RESOLUTION);
    // one long turn (a large deployment, a collection of garbage) is no overload: it has to last
    delay = Math.min(mean, before);
    before = mean;
    histogram.reset();
  }, DELAY_INTERVAL);
  timer.unref();
  return {
    delay: () => delay,
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

/** Opens log, state and history, then both doors. Rejects with an error whose message says what to do. */
export async function startEngine(config: EngineConfig): Promise<Engine> {
  const { host, dataDirectory } = config;
  const names = config.names ?? { grpcPort: 'BROKER_GRPC_PORT', restPort: 'BROKER_REST_PORT' };
  const feel = createFeel({ random: Math.random, uuid: randomUUID });
  const eventLoop = watchEventLoop();
  const clock = config.clockControl ? createMovableClock(world) : undefined;
  const broker = await createBroker({
    dataDirectory,
    world: {
      ...world,
      ...(clock && { now: clock.now, schedule: clock.schedule }),
      eventLoopDelay: eventLoop.delay,
    },
    feel,
    inclusiveJoin: config.inclusiveJoin,
    maxPendingCommands: MAX_PENDING_COMMANDS,
  });
  const { schedule } = world;
  const doors = { broker, pendingBytes: createPendingBytes(), multiTenancy: config.multiTenancy ?? true };
  const store = openHistoryStore(dataDirectory && join(dataDirectory, 'history'));
  const history = createHistory({ broker, store, schedule, feel });
  const grpc = createGrpcServer({ ...doors, schedule, now: world.now });
  const rest = createRestServer({ ...doors, history, world, uuid: randomUUID, clock });

  async function close(): Promise<void> {
    await Promise.all([grpc.close(), rest.close()]);
    await history.close();
    await broker.close();
    eventLoop.stop();
  }

  try {
    const grpcPort = await grpc
      .listen(config.grpcPort, host)
      .catch(portRefusal(names.grpcPort, config.grpcPort));
    const restPort = await rest
      .listen(config.restPort, host)
      .catch(portRefusal(names.restPort, config.restPort));
    return { grpcAddress: `${host}:${grpcPort}`, restAddress: `http://${host}:${restPort}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function portRefusal(variable: string, port: number): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code === 'EADDRINUSE') {
      throw new ConfigError(
        `Expected port ${port} to be free, but another program listens on it. Name another port with ${variable}`,
      );
    }
    if (error.code === 'EACCES') {
      throw new ConfigError(
        `Expected to be allowed to listen on port ${port}, but the system refuses it. Name another port with ${variable}`,
      );
    }
    throw error;
  };
}

async function runAsProcess(): Promise<void> {
  try {
    const engine = await startEngine(readConfig(process.env));
    process.stdout.write(`Broker ready: gRPC ${engine.grpcAddress}, REST ${engine.restAddress}\n`);
    let closing = false;
    const stop = () => {
      if (closing) return;
      closing = true;
      engine.close().then(
        () => process.exit(0),
        (error) => refuse(error),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    refuse(error);
  }
}

function refuse(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

async function runAsThread(
  port: NonNullable<typeof parentPort>,
  { engine: config }: EngineThreadData,
): Promise<void> {
  const tell = (message: EngineThreadMessage) => port.postMessage(message);
  try {
    const { grpcAddress, restAddress, close } = await startEngine(config);
    port.on('message', async (message: { kind: 'close' }) => {
      if (message.kind !== 'close') return;
      await close();
      tell({ kind: 'closed' });
      port.close();
    });
    tell({ kind: 'ready', grpcAddress, restAddress });
  } catch (error) {
    tell({ kind: 'refused', message: sentenceOf(error) });
    port.close();
  }
}

/** Refusals are one sentence; only a bug shows where it happened. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const expected = error instanceof ConfigError || 'code' in error;
  return expected ? error.message : (error.stack ?? error.message);
}

const startedAlone =
  isMainThread &&
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (startedAlone) void runAsProcess();
else if (parentPort && (workerData as EngineThreadData | null)?.engine)
  void runAsThread(parentPort, workerData);

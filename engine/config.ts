/** One variable of the environment that the standalone broker reads. */
export interface Variable {
  name: string;
  /** What counts when it is not set. */
  default: string;
  meaning: string;
}

/** Every variable the standalone broker reads; nothing else looks at the environment. */
export const variables = [
  { name: 'BROKER_HOST', default: '127.0.0.1', meaning: 'Address both doors listen on' },
  { name: 'BROKER_GRPC_PORT', default: '26500', meaning: 'Port of the Zeebe gateway protocol (gRPC)' },
  { name: 'BROKER_REST_PORT', default: '8088', meaning: 'Port of the /v2 REST API' },
  {
    name: 'BROKER_MULTI_TENANCY',
    default: 'true',
    meaning: 'Whether clients may name a tenant other than <default>',
  },
  {
    name: 'BROKER_CLOCK_CONTROL',
    default: 'false',
    meaning: 'Whether clients may move the clock of the broker (PUT /v2/clock)',
  },
  {
    name: 'BROKER_INCLUSIVE_JOIN',
    default: 'observed',
    meaning:
      'When an inclusive gateway that waits is asked again: as a path arrives (observed, as the real broker), or also as what it waits for ends elsewhere (correct)',
  },
  { name: 'BROKER_DATA', default: './data/broker', meaning: 'Folder of log, state and history' },
] as const satisfies readonly Variable[];

export type VariableName = (typeof variables)[number]['name'];

export interface EngineConfig {
  host: string;
  /** 0 lets the system choose. */
  grpcPort: number;
  restPort: number;
  /** `undefined` keeps everything in memory. */
  dataDirectory: string | undefined;
  /** Whether clients may name a tenant other than the default one; yes when absent. */
  multiTenancy?: boolean;
  /** Whether clients may move the broker's clock (`PUT /v2/clock`), for tests of processes; no when absent. */
  clockControl?: boolean;
  /** When an inclusive gateway that waits is asked again; `observed` when absent. */
  inclusiveJoin?: 'observed' | 'correct';
  /** What the ports are called where they were set, for the refusal when one is taken. */
  names?: { grpcPort: string; restPort: string };
}

/** Reads the environment; throws with one sentence when a value cannot be meant. */
export function readConfig(environment: { readonly [name: string]: string | undefined }): EngineConfig {
  const read = (name: VariableName) =>
    environment[name] || variables.find((variable) => variable.name === name)!.default;
  const readPort = (name: VariableName) => {
    const port = Number(read(name));
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
    throw new ConfigError(`Expected ${name} to be a port from 0 to 65535, but it is '${read(name)}'`);
  };
  const readSwitch = (name: VariableName) => {
    const value = read(name).toLowerCase();
    if (value === 'true' || value === 'false') return value === 'true';
    throw new ConfigError(`Expected ${name} to be true or false, but it is '${read(name)}'`);
  };
  const readInclusiveJoin = () => {
    const value = read('BROKER_INCLUSIVE_JOIN');
    if (value === 'observed' || value === 'correct') return value;
    throw new ConfigError(`Expected BROKER_INCLUSIVE_JOIN to be observed or correct, but it is '${value}'`);
  };
  return {
    host: read('BROKER_HOST'),
    grpcPort: readPort('BROKER_GRPC_PORT'),
    restPort: readPort('BROKER_REST_PORT'),
    dataDirectory: read('BROKER_DATA'),
    multiTenancy: readSwitch('BROKER_MULTI_TENANCY'),
    clockControl: readSwitch('BROKER_CLOCK_CONTROL'),
    inclusiveJoin: readInclusiveJoin(),
  };
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

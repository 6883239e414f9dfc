import type { EngineCommands, Schedule } from '@baton/engine/client';
import type { Feel } from '@baton/engine/feel';
import type { JsonObject, JsonValue, Result } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';

/** What went wrong, as error expressions know it. */
export interface ConnectorError {
  /** Of an HTTP answer its status. */
  code: string;
  /** "Expected …, but …". */
  message: string;
  variables?: JsonObject;
  /** Whether trying again may help. */
  passing: boolean;
}

/** One kind of work that models of processes know by its job type. */
export interface Connector {
  /** Inputs whose texts may name secrets: `{{secrets.NAME}}`. */
  secretsIn: readonly string[];
  run(
    input: JsonObject,
    job: Job,
    world: ConnectorWorld,
    signal: AbortSignal,
  ): Promise<Result<JsonValue, ConnectorError>>;
}

/** What an admin has granted to the connectors of a tenant. */
export interface ConnectorGrants {
  /** Hosts that requests may go to. */
  network: readonly string[];
  /** Names of secrets they may use. */
  secrets: readonly string[];
}

export interface ConnectorWorld {
  /** One of `connectorFeel`. */
  feel: Feel;
  /** Refuses addresses inside our networks. */
  fetch: typeof fetch;
  granted(tenantId: string): Promise<ConnectorGrants>;
  secret(tenantId: string, name: string): Promise<string | undefined>;
  engine: { commands: Pick<EngineCommands, 'publishMessage'> };
  /** epoch ms. */
  now(): number;
  schedule: Schedule;
}

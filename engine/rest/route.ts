import type { IncomingHttpHeaders } from 'node:http';
import type { Broker, BrokerWorld, History, JobPolls } from '@baton/engine/broker';
import type { JsonObject, Result } from '@baton/engine/protocol';
import type { Documents } from './documents.ts';
import type { Problem } from './problem.ts';

/** What every resource stands on. */
export interface RestContext {
  broker: Broker;
  history: History;
  polls: JobPolls;
  documents: Documents;
  uuid(): string;
  /** Whether clients may name a tenant other than the default one. */
  multiTenancy: boolean;
  /** Undefined when clients may not move it. */
  clock: ClockControl | undefined;
  world: BrokerWorld;
  address(): { host: string; port: number };
}

export interface ClockControl {
  /** @param time epoch ms */
  pin(time: number): void;
  reset(): void;
}

export interface RestRequest {
  /** From the path's `{names}`. */
  params: { readonly [name: string]: string };
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  /** The body as a JSON object; absent = empty. */
  json(): Result<JsonObject, Problem>;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

export type RestAnswer =
  | { status: 200 | 201 | 207; json: object }
  | { status: 200; bytes: Uint8Array; type: string }
  | { status: 200; text: string; type: string }
  /** Lines the handler writes until the client goes away. */
  | { status: 200; lines: (stream: LineStream) => void }
  | { status: 204 };

export interface LineStream {
  /** `false` when the client does not keep up; `onDrain` tells when it has. */
  write(line: string): boolean;
  onDrain(callback: () => void): void;
  onEnd(callback: () => void): void;
}

export type Handler = (
  request: RestRequest,
  context: RestContext,
) => Promise<Result<RestAnswer, Problem>> | Result<RestAnswer, Problem>;

/** `METHOD /path/{param}`. */
export interface Routes {
  [methodAndPath: string]: Handler;
}

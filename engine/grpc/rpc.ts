import type { Broker, JobPolls } from '@baton/engine/broker';
import type { Result } from '@baton/engine/protocol';

import type { Status } from './status.ts';

/** What every RPC stands on. */
export interface RpcContext {
  broker: Broker;
  polls: JobPolls;
  /** Calls back once after `ms`; returns the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
  /** Where this gateway can be reached, for Topology. */
  address(): { host: string; port: number };
}

/** One call of a client. */
export interface Call {
  /** Client gone, its deadline passed, or the server closes: nobody hears an answer any more. */
  readonly ended: boolean;
  /** Aborted when the call ends. */
  readonly signal: AbortSignal;
  onEnd(callback: () => void): void;
}

export interface StreamCall<Response> extends Call {
  /** Tells the client that the stream stands, before there is a message. */
  start(): void;
  /** Whether the client reads as fast as we send; a message sent all the same waits here for it. */
  readonly keepsUp: boolean;
  write(message: Response): void;
  /** Ends the stream, with OK unless a status is given. */
  end(status?: Status): void;
}

/** One request, one answer. */
export interface UnaryRpc<Request, Response extends object> {
  kind: 'unary';
  answer(request: Request, context: RpcContext, call: Call): Promise<Result<Response, Status>>;
}

/** One request, any number of messages until either side ends the stream. */
export interface StreamRpc<Request, Response extends object> {
  kind: 'stream';
  open(request: Request, context: RpcContext, call: StreamCall<Response>): void;
}

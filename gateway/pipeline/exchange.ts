import type { Result } from '@baton/engine/protocol';
import type { Request } from 'express';
import type { Route } from '../api/index.ts';
import type { AuditNote } from '../audit/ports.ts';
import type { Principal } from '../auth/principal.ts';
import type { Refusal } from '../refusal.ts';

/** One request of the API on its way through the pipeline; each stage fills in what it found. */
export interface Exchange {
  readonly row: Route;
  /** `resource.name` of the row, as `/docs` calls it. */
  readonly operation: string;
  readonly requestId: string;
  readonly request: Request;
  /** Of who asks: the connection's, or what a trusted proxy says. */
  readonly address: string;
  principal?: Principal;
  /** From the token, once per request; every store call takes it. */
  tenantId?: string;
  params: unknown;
  query: unknown;
  body: unknown;
  /** Headers of the answer, whatever it is. */
  readonly answerHeaders: { [name: string]: string };
  /** What is done with the handler's result, or with a refusal after the stage that adds it. */
  readonly afterwards: ((result: Result<unknown, Refusal>) => Promise<void>)[];
  /** Hash the client edited, from `If-Match`; `*` = whatever there is. */
  ifMatch?: string;
  /** For the handler to say what its audit entry cannot know. */
  readonly audit: AuditNote;
  /** Aborted when who asks goes away before the answer. */
  readonly signal: AbortSignal;
  /** Tells who asks for a stream what goes on; without it nobody listens. */
  readonly emit?: ((event: { event: string; data: unknown }) => void) | undefined;
  /** The answer to the same request, asked before: it is given again, and nothing is done. */
  replay?: Result<unknown, Refusal>;
  /** Told what the handler answered, or that it was not asked or failed, for a repetition of this request. */
  settleReply?: (answered: Result<unknown, Refusal> | undefined) => Promise<void>;
}

/** Goes on, or answers the request with a refusal. */
export type Stage = (exchange: Exchange) => Result<void, Refusal> | Promise<Result<void, Refusal>>;

import type { Result } from '@baton/engine/protocol';
import type { z } from 'zod';
import type { Route, Table } from '../api/index.ts';
import type { AuditNote } from '../audit/ports.ts';
import type { Principal } from '../auth/principal.ts';
import type { Refusal } from '../refusal.ts';

type Part<R, P extends 'params' | 'query' | 'body'> = R extends { [N in P]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** A request that passed the pipeline: checked, with its tenant. */
export interface Call<R extends Route> {
  principal: R['permission'] extends 'public' ? undefined : Principal;
  tenantId: R['permission'] extends 'public' ? undefined : string;
  params: Part<R, 'params'>;
  query: Part<R, 'query'>;
  body: Part<R, 'body'>;
  /** Address of who asks. */
  address: string;
  ifMatch?: string;
  /** Aborted when who asks goes away before the answer. */
  signal: AbortSignal;
  /** Tells who asks for a stream; without that, nobody. */
  emit: R extends { events: infer S extends z.ZodType } ? (event: z.input<S>) => void : undefined;
  audit: AuditNote;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a handler without an answer returns `ok()`
export type Answer<R extends Route> = R extends { response: infer S extends z.ZodType } ? z.input<S> : void;

/** Translates between HTTP and a service; decides nothing. */
export type Handler<R extends Route> = (call: Call<R>) => Promise<Result<Answer<R>, Refusal>>;

export type HandlersOf<Rows> = { [N in keyof Rows]: Rows[N] extends Route ? Handler<Rows[N]> : never };

/** A handler for every row of the table. */
export type Handlers = { [R in keyof Table]: HandlersOf<Table[R]> };

/** As the router sees a handler, when the row's types no longer matter. */
export type AnyHandler = (call: never) => Promise<Result<unknown, Refusal>>;

/** List answers: `{items, total, limit, offset, has_more}`. */
export function listAnswer<T>(items: T[], total: number, page: { limit: number; offset: number }) {
  return { items, total, ...page, has_more: page.offset + items.length < total };
}

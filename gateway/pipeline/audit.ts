import { failed, ok, type Result } from '@baton/engine/protocol';
import { jsonHash } from '@baton/infra/store';
import type { Logger } from 'pino';
import { changesState, errorStatus, type Route } from '../api/index.ts';
import { actorOf, namesOf } from '../audit/names.ts';
import type { Audit, AuditEntry, BegunEntry } from '../audit/ports.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { AnyHandler } from '../resources/handler.ts';
import type { Exchange } from './exchange.ts';

export interface Recorder {
  /** Before the handler of a row that changes state. Refused: the audit cannot be written, so nothing is done. */
  begin(exchange: Exchange): Promise<Result<BegunEntry, Refusal>>;
  /** Before the answer leaves: its entry, if it is one that leaves an entry. Answers what is to be answered. */
  end(
    exchange: Exchange,
    result: Result<unknown, Refusal>,
    begun: BegunEntry | undefined,
  ): Promise<Result<unknown, Refusal>>;
}

export interface RecorderOptions {
  audit: Audit;
  /** epoch ms. */
  now(): number;
  log: Logger;
  /** What reads the state that a path names. */
  readers: ReadonlyMap<string, { row: Route; handle: AnyHandler }>;
}

/**
 * One entry of the audit for each change of state, done or failed, each denial (401, 403) and each use of a key.
 *
 * Changes are written ahead: first that it is about to be done, then the change, then how it ended. Two durable writes cost
 * more than one afterwards, but with one a store that fails, or a process that ends between the change and its entry, would
 * leave a change nobody can account for. What is turned away for being too much (429) or because something is away (503)
 * has touched nothing and leaves no entry, for that would cost more than the request.
 */
export function createRecorder({ audit, now, log, readers }: RecorderOptions): Recorder {
  const unavailable = (err: unknown, but: string) => {
    log.error({ err }, 'the audit cannot be written');
    return refuse('AUDIT_UNAVAILABLE', `Expected to record what is done, but ${but}`, undefined, {
      'Retry-After': '5',
    });
  };

  /** What is there now: its hash, and what it is called. An answer to a change tells the names, one to a deletion nothing. */
  async function before({
    row,
    operation,
    ...exchange
  }: Exchange): Promise<{ hash?: string | undefined; names?: string[] }> {
    const { ifMatch } = exchange;
    const known = ifMatch !== undefined && ifMatch !== '*';
    if (known && row.method !== 'DELETE') return { hash: ifMatch };
    const own = row.method === 'POST' ? undefined : readers.get(row.path);
    // `/users/:id/roles` is about a user, whose state it is not.
    const reader =
      own ?? (row.method === 'POST' ? undefined : readers.get(row.path.replace(/\/[^/:]+$/, '')));
    if (!reader) return known ? { hash: ifMatch } : {};
    const query = reader.row.query?.parse({});
    const found = await reader.handle({
      ...exchange,
      row: reader.row,
      query,
      body: undefined,
      audit: {},
    } as never);
    if (!found.ok) return known ? { hash: ifMatch } : {};
    return { hash: known ? ifMatch : own && hashOf(found.value), names: namesOf(found.value) };
  }

  function entryOf(exchange: Exchange, outcome: AuditEntry['outcome'], value?: unknown): AuditEntry {
    const { row, operation, requestId, principal, audit: note, params } = exchange;
    const names = namesOf(value, exchange.body, ...(note.names ?? []).map((name) => ({ name })));
    const { tenantId = exchange.tenantId ?? principal?.tenantId ?? '-' } = note;
    const traceId = traceIdOf(exchange.request.get('traceparent'));
    const tells = outcome === 'done' && row.method !== 'GET' && !row.secret;
    const after = note.after ?? (tells ? hashOf(value) : undefined);
    return {
      tenantId,
      actor: note.actor ?? (principal ? actorOf(principal) : { kind: 'anonymous', id: '', name: '' }),
      action: operation,
      outcome,
      resource: {
        ...(note.resource ?? { kind: kindOf(row.path), id: idOf(params) ?? idOf(value) ?? '' }),
        ...(names.length > 0 && { names }),
      },
      ...(note.before === undefined ? {} : { before: note.before }),
      ...(after === undefined ? {} : { after }),
      requestId,
      ...(traceId === undefined ? {} : { traceId }),
      at: now(),
    };
  }

  return {
    async begin(exchange) {
      const { hash, names } = await before(exchange);
      if (hash !== undefined) exchange.audit.before ??= hash;
      if (names) exchange.audit.names ??= names;
      const { outcome: _, ...entry } = entryOf(exchange, 'failed');
      try {
        return ok(await audit.begin(entry));
      } catch (error) {
        return unavailable(error, 'the audit cannot be written now; nothing was done');
      }
    },

    async end(exchange, result, begun) {
      const entry = result.ok
        ? entryOf(exchange, 'done', result.value)
        : {
            ...entryOf(exchange, isDenial(result.failure) ? 'denied' : 'failed'),
            errorCode: result.failure.code,
          };
      if (!begun && !leavesEntry(exchange, entry, result)) return result;
      try {
        await (begun ? begun.end(entry) : audit.append(entry));
        return result;
      } catch (error) {
        return unavailable(
          error,
          begun ? 'the audit could not be written; it may have been done' : 'the audit cannot be written now',
        );
      }
    },
  };
}

const statusOf = ({ code }: Refusal) => errorStatus[code];
const isDenial = (refusal: Refusal) => [401, 403].includes(statusOf(refusal));

function leavesEntry(
  { row, principal, replay }: Exchange,
  { outcome }: AuditEntry,
  result: Result<unknown, Refusal>,
): boolean {
  if (outcome === 'denied') return true;
  if (!principal) return false;
  if (!result.ok && [429, 503].includes(statusOf(result.failure))) return false;
  return principal.kind === 'key' || (changesState(row) && !result.ok && !replay);
}

/** A versioned resource is known by the hash of its version, anything else by that of its JSON. */
function hashOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const hash = typeof value === 'object' && value ? (value as { hash?: unknown }).hash : undefined;
  return typeof hash === 'string' ? hash : jsonHash(value);
}

function idOf(named: unknown): string | undefined {
  if (typeof named !== 'object' || named === null) return undefined;
  const { id, key } = named as { id?: unknown; key?: unknown };
  const [found] = [id, key, ...Object.values(named)].filter((value) => typeof value === 'string');
  return found?.slice(0, 200);
}

/** `/v1/agents/:id` is about `agents`. */
function kindOf(path: string): string {
  return path.split('/').find((part) => part !== '' && part !== 'v1') ?? '';
}

/** W3C trace context, version 00. */
function traceIdOf(header: string | undefined): string | undefined {
  const id = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')?.[1];
  return id === '0'.repeat(32) ? undefined : id;
}

/** A bug ends like a refusal, for the audit. */
export const bug = failed<Refusal>({ code: 'INTERNAL', message: 'Expected to answer, but something failed' });

import { ok, type Result } from '@baton/engine/protocol';
import { jsonHash, type ReplyStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import { changesState, errorStatus } from '../api/index.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Exchange, Stage } from './exchange.ts';

export interface IdempotencyOptions {
  replies: ReplyStore;
  /** epoch ms. */
  now(): number;
  newId(): string;
  log: Logger;
}

/** ms for which an answer is given again. */
export const keptFor = 24 * 3_600_000;
/** ms for which the first of equal requests is believed to be at work; no handler takes that long. */
const atWorkFor = 10 * 60_000;

const acceptable = /^[\x21-\x7e]{1,200}$/;

/**
 * `Idempotency-Key`: who repeats a request that changes something, with the same key, gets the same answer and changes nothing
 * again. Keys are of one principal. Kept is what the handler answered, refusals too; a fault of ours (5xx) or a request that
 * did not reach the handler is as if never asked.
 */
export function idempotency({ replies, now, newId, log }: IdempotencyOptions): Stage {
  return async (exchange) => {
    const { row, request, principal, tenantId } = exchange;
    const given = request.get('idempotency-key');
    if (given === undefined || !changesState(row) || !principal || tenantId === undefined) return ok();
    if (!acceptable.test(given)) {
      return refuse(
        'VALIDATION_FAILED',
        'Expected one Idempotency-Key of 1 to 200 visible ASCII characters, but it is not that',
        {
          issues: [{ path: ['headers', 'idempotency-key'], message: 'Expected 1 to 200 visible characters' }],
        },
      );
    }
    const key = `${principal.kind}/${principal.userId}/${jsonHash(given)}`;
    const owner = newId();
    const fingerprint = fingerprintOf(exchange, given);
    const at = now();
    const taken = await replies.take(tenantId, key, {
      fingerprint,
      owner,
      leaseUntil: new Date(at + atWorkFor),
      expiresAt: new Date(at + keptFor),
    });
    if (taken.taken) {
      exchange.settleReply = async (answered) => {
        try {
          if (answered && isFinal(answered))
            await replies.keep(tenantId, key, owner, row.secret && answered.ok ? shownOnce : answered);
          else await replies.release(tenantId, key, owner);
        } catch (err) {
          // What was asked is done and answered; only a repetition would be told to wait.
          log.error({ err, requestId: exchange.requestId }, 'an answer could not be kept');
        }
      };
      return ok();
    }
    if (taken.fingerprint !== fingerprint) {
      return refuse(
        'IDEMPOTENCY_KEY_REUSED',
        'Expected a new Idempotency-Key for another request, but this one was used with a different method, path, body or If-Match',
      );
    }
    if (taken.reply === undefined) {
      return refuse(
        'IDEMPOTENCY_IN_PROGRESS',
        'Expected the first request with this Idempotency-Key to be answered, but it is still at work; ask again',
        undefined,
        { 'Retry-After': '1' },
      );
    }
    exchange.replay = taken.reply as Result<unknown, Refusal>;
    exchange.answerHeaders['Idempotency-Replayed'] = 'true';
    return ok();
  };
}

const shownOnce: Result<unknown, Refusal> = refuse(
  'ANSWER_SHOWN_ONCE',
  'Expected a secret to be shown once, but this request has been answered before; it was done then, and is not done again',
);

/** With the key, of which the store has a hash only: a body cannot be guessed from what lies there, a password least of all. */
function fingerprintOf({ row, request, body }: Exchange, given: string): string {
  return jsonHash([given, row.method, request.originalUrl, request.get('if-match') ?? null, body ?? null]);
}

function isFinal(answered: Result<unknown, Refusal>): boolean {
  return answered.ok || errorStatus[answered.failure.code] < 500;
}

import type {
  CallKind,
  CallLog,
  CallRecord,
  CallUsage,
  GuardVerdict,
  JsonValue,
} from '@baton/engine/protocol';
import { requestHash } from './canonical.ts';

/** What time and names mean here; a test passes its own. */
export interface AgentWorld {
  /** epoch ms. */
  now(): number;
  newId(): string;
  /** Calls back once after `ms`; returns the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
}

/** Which element instance the calls belong to. */
export interface CallOwner {
  tenantId: string;
  processInstanceKey: string;
  elementInstanceKey: string;
  elementId: string;
  jobKey: string;
}

export interface CallSubject
  extends Pick<
    CallRecord,
    'name' | 'version' | 'taskVersion' | 'offered' | 'began' | 'fallback' | 'context'
  > {
  kind: CallKind;
  model: string;
}

export interface CallResult extends Pick<CallRecord, 'answers'> {
  response: JsonValue;
  error: CallRecord['error'];
  usage: CallUsage;
  verdicts?: GuardVerdict[];
  /** As it was carried out, where that is not what was asked for. */
  request?: JsonValue;
}

/** A call that goes on once people have answered these questions; it is not recorded yet. */
export interface WaitingCall {
  waitsFor: string[];
}

/** Where a call is, and what it is known by there. */
export type CallPlace = Pick<CallRecord, 'sequence' | 'requestHash'>;

export interface ActOptions {
  /** Taken before. */
  place?: number | undefined;
  /** Whether a failure stays one: whoever asked was told of it. Without it, what failed is tried again. */
  stays?: ((error: NonNullable<CallRecord['error']>) => boolean) | undefined;
}

/** The calls of one element instance, in order. What is in the log is taken from there instead of being done again. */
export interface RecordedCalls {
  /** The place of the next call. Calls made at the same time take theirs before, so that each has the same when repeated. */
  place(): number;
  act<W extends WaitingCall = never>(
    subject: CallSubject,
    request: JsonValue,
    action: (at: CallPlace) => Promise<CallResult | W>,
    options?: ActOptions,
  ): Promise<CallRecord | W>;
}

/**
 * Every call is durable in the log before its result is used. After a crash the same request at the same place is answered
 * from the log: a paid answer is not paid twice, and what a tool has done is not done again.
 * @param after the last place that is taken already
 */
export function recordCalls(log: CallLog, world: AgentWorld, owner: CallOwner, after = 0): RecordedCalls {
  let sequence = after;
  const next = () => {
    sequence += 1;
    return sequence;
  };
  /** Whether the run was begun before: of one that begins, nothing is looked for. */
  let begun: Promise<boolean> | undefined;
  const isBegun = async () => (await log.ofElement(owner.tenantId, owner.elementInstanceKey)).length > 0;
  return {
    place: next,
    async act(subject, request, action, { place = next(), stays } = {}) {
      const hash = requestHash(request);
      begun ??= isBegun();
      const known = (await begun)
        ? await log.find(owner.tenantId, owner.elementInstanceKey, place, hash)
        : undefined;
      if (known && (known.error === null || stays?.(known.error))) return known;
      const startedAt = world.now();
      const result = await action({ sequence: place, requestHash: hash });
      if ('waitsFor' in result) return result;
      const record: CallRecord = {
        id: world.newId(),
        ...owner,
        ...subject,
        sequence: place,
        requestHash: hash,
        request,
        ...result,
        startedAt,
        duration: world.now() - startedAt,
      };
      await log.append(record);
      return record;
    },
  };
}

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

export interface CallSubject {
  kind: CallKind;
  name: string;
  version: number;
  taskVersion?: number;
  model: string;
}

export interface CallResult {
  response: JsonValue;
  error: CallRecord['error'];
  usage: CallUsage;
  verdicts?: GuardVerdict[];
}

/** The calls of one element instance, in order. What is in the log is taken from there instead of being done again. */
export interface RecordedCalls {
  /** The place of the next call. Calls made at the same time take theirs before, so that each has the same when repeated. */
  place(): number;
  act(
    subject: CallSubject,
    request: JsonValue,
    action: () => Promise<CallResult>,
    place?: number,
  ): Promise<CallRecord>;
}

/**
 * Every call is durable in the log before its result is used. After a crash the same request at the same place is answered
 * from the log: a paid answer is not paid twice. A failed call is not taken from the log; it is tried again.
 */
export function recordCalls(log: CallLog, world: AgentWorld, owner: CallOwner): RecordedCalls {
  let sequence = 0;
  const next = () => {
    sequence += 1;
    return sequence;
  };
  return {
    place: next,
    async act(subject, request, action, place = next()) {
      const hash = requestHash(request);
      const known = await log.find(owner.tenantId, owner.elementInstanceKey, place, hash);
      if (known && known.error === null) return known;
      const startedAt = world.now();
      const result = await action();
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

import type { CallKind, CallLog, CallRecord, CallUsage, JsonValue } from '@baton/engine/protocol';
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
  model: string;
}

export interface CallResult {
  response: JsonValue;
  error: CallRecord['error'];
  usage: CallUsage;
}

/** The calls of one element instance, in order. What is in the log is taken from there instead of being done again. */
export interface RecordedCalls {
  act(subject: CallSubject, request: JsonValue, action: () => Promise<CallResult>): Promise<CallRecord>;
}

/**
 * Every call is durable in the log before its result is used. After a crash the same request at the same place is answered
 * from the log: a paid answer is not paid twice. A failed call is not taken from the log; it is tried again.
 */
export function recordCalls(log: CallLog, world: AgentWorld, owner: CallOwner): RecordedCalls {
  let sequence = 0;
  return {
    async act(subject, request, action) {
      sequence += 1;
      const place = sequence;
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

import type { CallRecord } from '@baton/engine/protocol';
import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

/** Request, response and error are JSON text. */
export interface StoredCall
  extends Omit<
    CallRecord,
    'id' | 'request' | 'response' | 'error' | 'verdicts' | 'offered' | 'answers' | 'began'
  > {
  _id: string;
  id: string;
  request: string;
  response: string;
  error: string;
  /** JSON text; those of before there were guardrails have none. */
  verdicts?: string;
  /** JSON text, of calls that have them. */
  offered?: string;
  answers?: string;
  began?: string;
}

const text = { type: String, default: '' } as const;

const schema = new Schema<StoredCall>(
  {
    _id: { type: String, required: true },
    id: { type: String, required: true },
    kind: { type: String, required: true },
    name: text,
    version: { type: Number, required: true },
    taskVersion: Number,
    model: text,
    processInstanceKey: { type: String, required: true },
    elementInstanceKey: { type: String, required: true },
    elementId: text,
    jobKey: text,
    sequence: { type: Number, required: true },
    requestHash: { type: String, required: true },
    request: { type: String, required: true },
    response: { type: String, required: true },
    error: { type: String, required: true },
    verdicts: String,
    offered: String,
    answers: String,
    began: String,
    fork: String,
    context: { type: { shortened: Number, leftOut: Number, summary: Boolean }, _id: false },
    fallback: { type: { place: Number, after: { model: String, code: String } }, _id: false },
    usage: {
      inputTokens: { type: Number, required: true },
      outputTokens: { type: Number, required: true },
      cachedInputTokens: Number,
      reasoningTokens: Number,
      cost: { type: Number, required: true },
    },
    startedAt: { type: Number, required: true },
    duration: { type: Number, required: true },
  },
  { collection: 'calls', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, elementInstanceKey: 1, sequence: 1 });
schema.index({ tenantId: 1, processInstanceKey: 1 });

export const callModel = (connection: Connection): Model<StoredCall> =>
  connection.model<StoredCall>('Call', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { AgentRunRecord } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

/** The error is JSON text. */
export interface StoredAgentRun extends Omit<AgentRunRecord, 'id' | 'error'> {
  _id: string;
  error: string;
}

const required = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const schema = new Schema<StoredAgentRun>(
  {
    _id: required,
    agentId: required,
    agentName: required,
    agentVersion: { type: Number, required: true },
    model: required,
    prompt: text,
    answer: { type: String, default: null },
    error: required,
    usage: {
      inputTokens: { type: Number, required: true },
      outputTokens: { type: Number, required: true },
      cost: { type: Number, required: true },
    },
    actor: { kind: required, id: text, name: text },
    startedAt: { type: Number, required: true },
    duration: { type: Number, required: true },
  },
  { collection: 'agentRuns', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, startedAt: -1 });

export const agentRunModel = (connection: Connection): Model<StoredAgentRun> =>
  connection.model<StoredAgentRun>('AgentRun', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { AgentRunRecord } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

/** What is not text or a number is JSON text. What is optional, those of before did not have. */
export interface StoredAgentRun
  extends Pick<
    AgentRunRecord,
    | 'tenantId'
    | 'agentId'
    | 'agentName'
    | 'agentVersion'
    | 'model'
    | 'prompt'
    | 'usage'
    | 'actor'
    | 'startedAt'
    | 'duration'
  > {
  _id: string;
  error: string;
  /** Of runs that only had a text for an answer. */
  answer?: string | null;
  agentLabel?: string | null;
  agentHash?: string | null;
  task?: string;
  provider?: string;
  input?: string;
  conversation?: string | null;
  forkOf?: string | null;
  status?: AgentRunRecord['status'];
  output?: string;
  aliveUntil?: number;
  cancelAsked?: boolean;
}

const required = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const schema = new Schema<StoredAgentRun>(
  {
    _id: required,
    agentId: required,
    agentName: required,
    agentVersion: { type: Number, required: true },
    agentLabel: String,
    agentHash: String,
    task: String,
    provider: String,
    model: required,
    prompt: text,
    input: String,
    conversation: String,
    forkOf: String,
    status: String,
    output: String,
    answer: String,
    error: required,
    usage: {
      inputTokens: { type: Number, required: true },
      outputTokens: { type: Number, required: true },
      cachedInputTokens: Number,
      reasoningTokens: Number,
      cost: { type: Number, required: true },
    },
    actor: { kind: required, id: text, name: text },
    startedAt: { type: Number, required: true },
    duration: { type: Number, required: true },
    aliveUntil: Number,
    cancelAsked: Boolean,
  },
  { collection: 'agentRuns', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, startedAt: -1 });
schema.index({ tenantId: 1, agentId: 1, startedAt: -1 });
schema.index({ tenantId: 1, status: 1, startedAt: -1 });

export const agentRunModel = (connection: Connection): Model<StoredAgentRun> =>
  connection.model<StoredAgentRun>('AgentRun', schema);

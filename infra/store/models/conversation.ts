import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredConversation {
  _id: string;
  tenantId: string;
  agentId: string;
  conversation: string;
  /** JSON text. */
  messages: string;
  /** epoch ms. */
  expiresAt: number;
  /** The run that has it, and until when (epoch ms). */
  owner: string | null;
  takenUntil: number;
}

const required = { type: String, required: true } as const;
const instant = { type: Number, required: true } as const;

const schema = new Schema<StoredConversation>(
  {
    _id: required,
    agentId: required,
    conversation: required,
    messages: required,
    expiresAt: instant,
    owner: { type: String, default: null },
    takenUntil: instant,
  },
  { collection: 'conversations', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, expiresAt: 1 });

export const conversationModel = (connection: Connection): Model<StoredConversation> =>
  connection.model<StoredConversation>('Conversation', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { TakenReply } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredReply extends TakenReply {
  _id: string;
  tenantId: string;
  /** JSON text; without it, the owner is at work. */
  reply?: string;
}

const schema = new Schema<StoredReply>(
  {
    _id: { type: String, required: true },
    fingerprint: { type: String, required: true },
    owner: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    reply: String,
  },
  { collection: 'replies', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, expiresAt: 1 });

export const replyModel = (connection: Connection): Model<StoredReply> =>
  connection.model<StoredReply>('Reply', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredSessionEnd {
  _id: string;
  tenantId: string;
  userId: string;
  /** Empty = every session of before. */
  sessionId: string;
  at: Date;
}

const schema = new Schema<StoredSessionEnd>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    sessionId: { type: String, default: '' },
    at: { type: Date, required: true },
  },
  { collection: 'sessionEnds', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, userId: 1 });

export const sessionEndModel = (connection: Connection): Model<StoredSessionEnd> =>
  connection.model<StoredSessionEnd>('SessionEnd', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { Member } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredMember extends Member {
  _id: string;
}

const schema = new Schema<StoredMember>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    username: { type: String, required: true },
    name: { type: String, default: '' },
    roles: [String],
    removed: { type: Boolean, required: true },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, default: '' },
  },
  { collection: 'members', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, removed: 1, username: 1 });

export const memberModel = (connection: Connection): Model<StoredMember> =>
  connection.model<StoredMember>('Member', schema);

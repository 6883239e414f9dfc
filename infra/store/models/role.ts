import { type Connection, type Model, Schema } from 'mongoose';
import type { CustomRole } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredRole extends CustomRole {
  _id: string;
}

const schema = new Schema<StoredRole>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    description: { type: String, default: '' },
    permissions: [String],
    tools: { type: [String], default: undefined },
    hash: { type: String, required: true },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, default: '' },
  },
  { collection: 'roles', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, name: 1 });

export const roleModel = (connection: Connection): Model<StoredRole> =>
  connection.model<StoredRole>('Role', schema);

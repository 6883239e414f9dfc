import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredMcpLock {
  _id: string;
  tenantId: string;
  serverId: string;
  revision: number;
  /** JSON: names in schemas have dots and dollars. */
  tools: string;
}

const schema = new Schema<StoredMcpLock>(
  {
    _id: { type: String, required: true },
    serverId: { type: String, required: true },
    revision: { type: Number, required: true },
    tools: { type: String, required: true },
  },
  { collection: 'mcpLocks', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);

export const mcpLockModel = (connection: Connection): Model<StoredMcpLock> =>
  connection.model<StoredMcpLock>('McpLock', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { McpApproval } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredMcpServer {
  _id: string;
  tenantId: string;
  id: string;
  name: string;
  description: string;
  /** JSON: names of variables are the user's. */
  transport: string;
  auth: string;
  timeout: number;
  enabled: boolean;
  revision: number;
  approval?: McpApproval;
  credentialsAt?: Date;
  hash: string;
  createdAt: Date;
  changedAt: Date;
  changedBy: string;
}

const schema = new Schema<StoredMcpServer>(
  {
    _id: { type: String, required: true },
    id: { type: String, required: true },
    name: { type: String, required: true },
    description: { type: String, default: '' },
    transport: { type: String, required: true },
    auth: { type: String, required: true },
    timeout: { type: Number, required: true },
    enabled: { type: Boolean, required: true },
    revision: { type: Number, required: true },
    approval: {
      type: new Schema<McpApproval>(
        {
          hash: { type: String, required: true },
          by: { type: String, default: '' },
          at: { type: Date, required: true },
        },
        { _id: false, id: false, strict: 'throw' },
      ),
    },
    credentialsAt: Date,
    hash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, default: '' },
  },
  { collection: 'mcpServers', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, name: 1 }, { unique: true });

export const mcpServerModel = (connection: Connection): Model<StoredMcpServer> =>
  connection.model<StoredMcpServer>('McpServer', schema);

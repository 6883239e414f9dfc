import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredMcpCredential {
  _id: string;
  tenantId: string;
  serverId: string;
  /** '' = of the server itself. */
  user: string;
  sealedValue?: string;
  sealedClientSecret?: string;
  sealedOauth?: string;
}

const schema = new Schema<StoredMcpCredential>(
  {
    _id: { type: String, required: true },
    serverId: { type: String, required: true },
    user: { type: String, default: '' },
    sealedValue: { type: String, secret: true },
    sealedClientSecret: { type: String, secret: true },
    sealedOauth: { type: String, secret: true },
  },
  { collection: 'mcpCredentials', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, serverId: 1 });

export const mcpCredentialModel = (connection: Connection): Model<StoredMcpCredential> =>
  connection.model<StoredMcpCredential>('McpCredential', schema);

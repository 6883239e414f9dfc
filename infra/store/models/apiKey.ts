import { type Connection, type Model, Schema } from 'mongoose';
import type { ApiKeyRecord } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredApiKey extends Omit<ApiKeyRecord, 'id'> {
  _id: string;
}

const schema = new Schema<StoredApiKey>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    tools: { type: [String], default: undefined },
    secrets: {
      type: [{ _id: false, hash: { type: String, required: true }, until: Number }],
      required: true,
      secret: true,
    },
    createdBy: { id: { type: String, default: '' }, name: { type: String, default: '' } },
    createdAt: { type: Number, required: true },
    expiresAt: Number,
    revokedAt: Number,
    lastUsedAt: Number,
  },
  { collection: 'apiKeys', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, createdAt: -1 });

export const apiKeyModel = (connection: Connection): Model<StoredApiKey> =>
  connection.model<StoredApiKey>('ApiKey', schema);

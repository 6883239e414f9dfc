import { type Connection, type Model, Schema } from 'mongoose';
import type { ToolGrant } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredToolGrant extends ToolGrant {
  _id: string;
  tenantId: string;
}

const schema = new Schema<StoredToolGrant>(
  {
    _id: { type: String, required: true },
    network: [String],
    secrets: [String],
    connections: [String],
    models: [String],
    files: { type: Boolean, required: true },
    memory: { type: Boolean, required: true },
    questions: { type: Boolean, default: false },
    grantedBy: { type: String, default: '' },
    grantedAt: { type: Date, required: true },
  },
  { collection: 'toolGrants', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);

export const toolGrantModel = (connection: Connection): Model<StoredToolGrant> =>
  connection.model<StoredToolGrant>('ToolGrant', schema);

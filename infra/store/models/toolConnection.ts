import { type Connection, type Model, Schema } from 'mongoose';
import type { SavedConnection } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredConnection extends Omit<SavedConnection, 'hasPassword'> {
  _id: string;
  sealed?: string | null;
}

const schema = new Schema<StoredConnection>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    description: { type: String, default: '' },
    url: { type: String, required: true },
    readOnly: { type: Boolean, required: true },
    sealed: { type: String, default: null, secret: true },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, default: '' },
  },
  { collection: 'connections', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, name: 1 });

export const toolConnectionModel = (connection: Connection): Model<StoredConnection> =>
  connection.model<StoredConnection>('ToolConnection', schema);

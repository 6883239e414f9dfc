import { type Connection, type Model, Schema } from 'mongoose';
import type { NamedSecret } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredSecret extends NamedSecret {
  _id: string;
  sealed: string;
}

const schema = new Schema<StoredSecret>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    sealed: { type: String, required: true, secret: true },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, default: '' },
  },
  { collection: 'secrets', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, name: 1 });

export const secretModel = (connection: Connection): Model<StoredSecret> =>
  connection.model<StoredSecret>('Secret', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredPreference {
  _id: string;
  tenantId: string;
  /** JSON text: what people set may have any name. */
  content: string;
  hash: string;
}

const schema = new Schema<StoredPreference>(
  {
    _id: { type: String, required: true },
    content: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'preferences', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);

export const preferenceModel = (connection: Connection): Model<StoredPreference> =>
  connection.model<StoredPreference>('Preference', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredTextVector {
  _id: string;
  tenantId: string;
  model: string;
  hash: string;
  /** Bytes in base64. */
  vector: string;
}

const text = { type: String, required: true } as const;
const schema = new Schema<StoredTextVector>(
  { _id: text, model: text, hash: text, vector: text },
  { collection: 'textVectors', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, model: 1, hash: 1 });

export const textVectorModel = (connection: Connection): Model<StoredTextVector> =>
  connection.model<StoredTextVector>('TextVector', schema);

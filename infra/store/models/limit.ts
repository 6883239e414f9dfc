import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

/** Numbers by name are JSON text. */
export interface StoredLimit {
  _id: string;
  tenantId: string;
  ratesGranted?: string;
  ratesOwn?: string;
  quotasGranted?: string;
  quotasOwn?: string;
  allow?: string[];
  deny?: string[];
}

const schema = new Schema<StoredLimit>(
  {
    _id: { type: String, required: true },
    ratesGranted: String,
    ratesOwn: String,
    quotasGranted: String,
    quotasOwn: String,
    allow: [String],
    deny: [String],
  },
  { collection: 'limits', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);

export const limitModel = (connection: Connection): Model<StoredLimit> =>
  connection.model<StoredLimit>('Limit', schema);

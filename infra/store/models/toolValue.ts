import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredToolValue {
  _id: string;
  tenantId: string;
  scope: string;
  key: string;
  /** JSON: keys of values may have dots. */
  value: string;
}

const schema = new Schema<StoredToolValue>(
  {
    _id: { type: String, required: true },
    scope: { type: String, required: true },
    key: { type: String, required: true },
    value: { type: String, required: true },
  },
  { collection: 'toolValues', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, scope: 1, key: 1 });

export const toolValueModel = (connection: Connection): Model<StoredToolValue> =>
  connection.model<StoredToolValue>('ToolValue', schema);

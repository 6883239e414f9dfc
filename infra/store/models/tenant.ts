import { type Connection, type Model, Schema } from 'mongoose';

export interface StoredTenant {
  _id: string;
  name: string;
}

const schema = new Schema<StoredTenant>(
  { _id: { type: String, required: true }, name: { type: String, required: true } },
  { collection: 'tenants', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);

export const tenantModel = (connection: Connection): Model<StoredTenant> =>
  connection.model<StoredTenant>('Tenant', schema);

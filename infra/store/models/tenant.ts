import { type Connection, type Model, Schema } from 'mongoose';
import type { TenantStatus } from '../ports.ts';

export interface StoredTenant {
  _id: string;
  name: string;
  status: TenantStatus;
  statusReason?: string;
  createdAt: Date;
  changedAt: Date;
}

const start = () => new Date(0);

const schema = new Schema<StoredTenant>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    status: { type: String, default: 'active' },
    statusReason: String,
    createdAt: { type: Date, default: start },
    changedAt: { type: Date, default: start },
  },
  { collection: 'tenants', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);

export const tenantModel = (connection: Connection): Model<StoredTenant> =>
  connection.model<StoredTenant>('Tenant', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { ProviderType, ValidationStatus } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

/** A provider as stored: what people set, and what the last check found. */
export interface StoredProvider {
  _id: string;
  tenantId: string;
  id: string;
  name: string;
  type: ProviderType;
  baseUrl?: string;
  sealedKey?: string;
  keyChangedAt?: Date;
  /** JSON: names of models have dots. */
  prices: string;
  scenario?: string;
  models: string[];
  status: ValidationStatus;
  code: string;
  message: string;
  validatedAt?: Date;
  /** The check that began last. */
  check: string;
  hash: string;
  createdAt: Date;
  changedAt: Date;
  changedBy: string;
  retired: boolean;
}

const schema = new Schema<StoredProvider>(
  {
    _id: { type: String, required: true },
    id: { type: String, required: true },
    name: { type: String, required: true },
    type: { type: String, required: true },
    baseUrl: String,
    sealedKey: { type: String, secret: true },
    keyChangedAt: Date,
    prices: { type: String, required: true },
    scenario: String,
    models: [String],
    status: { type: String, required: true },
    code: { type: String, default: '' },
    message: { type: String, default: '' },
    validatedAt: Date,
    check: { type: String, default: '' },
    hash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, default: '' },
    retired: { type: Boolean, required: true },
  },
  { collection: 'providers', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index(
  { tenantId: 1, name: 1 },
  { name: 'liveName', unique: true, partialFilterExpression: { retired: false } },
);

export const providerModel = (connection: Connection): Model<StoredProvider> =>
  connection.model<StoredProvider>('Provider', schema);

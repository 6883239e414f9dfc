import { type Connection, type Model, Schema } from 'mongoose';
import { appendOnly } from '../appendOnly.ts';
import type { AuditRecord } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredAuditEntry extends Omit<AuditRecord, 'id'> {
  _id: string;
}

const text = { type: String, required: true } as const;
const names = { type: [String], default: undefined };

export const auditFields = {
  _id: text,
  actor: { kind: text, id: { type: String, default: '' }, name: { type: String, default: '' }, names },
  action: text,
  outcome: text,
  errorCode: String,
  resource: { kind: text, id: { type: String, default: '' }, names },
  before: String,
  after: String,
  requestId: { type: String, default: '' },
  traceId: String,
  at: { type: Number, required: true },
} as const;

const schema = new Schema<StoredAuditEntry>(auditFields, {
  collection: 'auditEntries',
  id: false,
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
});
schema.plugin(tenantOwned);
schema.plugin(appendOnly);
schema.index({ tenantId: 1, at: -1 });

export const auditEntryModel = (connection: Connection): Model<StoredAuditEntry> =>
  connection.model<StoredAuditEntry>('AuditEntry', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import { auditFields, type StoredAuditEntry } from './auditEntry.ts';

/** What was about to be done, until its entry is appended. Of the installation: whoever finds one finishes it. */
const schema = new Schema<StoredAuditEntry>(
  { ...auditFields, tenantId: { type: String, required: true } },
  { collection: 'auditIntents', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.index({ at: 1 });

export const auditIntentModel = (connection: Connection): Model<StoredAuditEntry> =>
  connection.model<StoredAuditEntry>('AuditIntent', schema);

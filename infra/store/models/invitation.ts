import { type Connection, type Model, Schema } from 'mongoose';
import type { Invitation } from '../ports.ts';

export interface StoredInvitation extends Omit<Invitation, 'id'> {
  _id: string;
  tokenHash: string;
}

/** Not tenant-owned: who brings the link's secret learns the tenant from it. Every other access names the tenant. */
const schema = new Schema<StoredInvitation>(
  {
    _id: { type: String, required: true },
    tenantId: { type: String, required: true },
    tokenHash: { type: String, required: true, secret: true },
    email: { type: String, default: '' },
    roles: [String],
    status: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
    acceptedBy: String,
  },
  { collection: 'invitations', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.index({ tokenHash: 1 }, { unique: true });
schema.index({ tenantId: 1, createdAt: -1 });
schema.index({ tenantId: 1, status: 1, expiresAt: 1 });

export const invitationModel = (connection: Connection): Model<StoredInvitation> =>
  connection.model<StoredInvitation>('Invitation', schema);

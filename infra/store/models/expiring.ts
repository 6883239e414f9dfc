import { type Connection, type Model, Schema } from 'mongoose';

export interface StoredExpiring {
  _id: string;
  model: string;
  /** JSON text. */
  payload: string;
  expiresAt?: Date;
  grantId?: string;
  uid?: string;
  userCode?: string;
  accountId?: string;
}

const schema = new Schema<StoredExpiring>(
  {
    _id: { type: String, required: true },
    model: { type: String, required: true },
    payload: { type: String, required: true },
    expiresAt: Date,
    grantId: String,
    uid: String,
    userCode: String,
    accountId: String,
  },
  { collection: 'expiring', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.index({ expiresAt: 1 }, { sparse: true });
schema.index({ grantId: 1 }, { sparse: true });
schema.index({ uid: 1 }, { sparse: true });
schema.index({ userCode: 1 }, { sparse: true });
schema.index({ accountId: 1 }, { sparse: true });

export const expiringModel = (connection: Connection): Model<StoredExpiring> =>
  connection.model<StoredExpiring>('Expiring', schema);

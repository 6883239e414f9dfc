import { type Connection, type Model, Schema } from 'mongoose';
import type { ClaimSide } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredClaim {
  _id: string;
  tenantId: string;
  side: ClaimSide;
  references: string[];
  until: Date;
}

const schema = new Schema<StoredClaim>(
  {
    _id: { type: String, required: true },
    side: { type: String, required: true },
    references: [String],
    until: { type: Date, required: true },
  },
  { collection: 'claims', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, references: 1 });

export const claimModel = (connection: Connection): Model<StoredClaim> =>
  connection.model<StoredClaim>('Claim', schema);

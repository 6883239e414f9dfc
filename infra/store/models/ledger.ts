import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

/** All that a tenant uses up, in one document, so that one conditional update decides about several accounts. */
export interface StoredLedger {
  _id: string;
  tenantId: string;
  /** Rises with every change. */
  revision: number;
  /** `total` counts what is used and what is reserved. */
  accounts?: { [account: string]: { total?: number; reserved?: number } };
  reservations?: {
    [id: string]: {
      until: Date;
      amounts: { [account: string]: number };
      /** Those of runs stay until they are settled. */
      run?: { key: string; counted: { [name: string]: number } };
      /** Its time is over: its amounts are reserved no more. */
      released?: boolean;
      looked?: boolean;
    };
  };
  /** Accounts whose owner has been warned. */
  warned?: string[];
}

const schema = new Schema<StoredLedger>(
  {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    accounts: Schema.Types.Mixed,
    reservations: Schema.Types.Mixed,
    warned: [String],
  },
  { collection: 'ledgers', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);

export const ledgerModel = (connection: Connection): Model<StoredLedger> =>
  connection.model<StoredLedger>('Ledger', schema);

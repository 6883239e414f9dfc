import type { BudgetGrant } from '@baton/engine/protocol';
import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredGrant extends Omit<BudgetGrant, 'id'> {
  _id: string;
}

const given = { type: String, required: true } as const;
const amount = { type: Number, required: true } as const;

const schema = new Schema<StoredGrant>(
  {
    _id: given,
    elementInstanceKey: given,
    modelCalls: amount,
    toolCalls: amount,
    tokens: amount,
    cost: amount,
    duration: amount,
    by: given,
    at: amount,
  },
  { collection: 'grants', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, elementInstanceKey: 1, at: 1 });

export const grantModel = (connection: Connection): Model<StoredGrant> =>
  connection.model<StoredGrant>('Grant', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { Renaming } from '../ports.ts';

export interface StoredRenaming extends Omit<Renaming, 'id'> {
  _id: string;
}

const text = { type: String, required: true } as const;

/** Of the installation: whoever finds one that was left finishes it. */
const schema = new Schema<StoredRenaming>(
  {
    _id: text,
    tenantId: text,
    kind: text,
    resourceId: text,
    from: text,
    to: text,
    version: { type: Number, required: true },
    author: { type: String, default: '' },
    until: { type: Date, required: true },
  },
  { collection: 'renamings', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.index({ until: 1 });

export const renamingModel = (connection: Connection): Model<StoredRenaming> =>
  connection.model<StoredRenaming>('Renaming', schema);

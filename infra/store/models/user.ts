import { type Connection, type Model, Schema } from 'mongoose';
import type { User } from '../ports.ts';

export interface StoredUser extends Omit<User, 'id'> {
  _id: string;
}

/** Not tenant-owned: signing in finds the user first and learns the tenant from it. */
const schema = new Schema<StoredUser>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    name: { type: String, default: '' },
    email: { type: String, default: '' },
    tenantId: { type: String, required: true },
    roles: [String],
    enabled: { type: Boolean, default: true },
    passwordHash: { type: String, default: '', secret: true },
  },
  { collection: 'users', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.index({ username: 1 }, { unique: true });
schema.index({ tenantId: 1, username: 1 });

export const userModel = (connection: Connection): Model<StoredUser> =>
  connection.model<StoredUser>('User', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';
import { type StoredVersion, versionFields } from './resource.ts';

const schema = new Schema<StoredVersion>(versionFields, {
  collection: 'resourceVersions',
  id: false,
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
});
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, kind: 1, id: 1, version: 1 }, { unique: true });

/** Versions that another one has followed; never changed. */
export const resourceVersionModel = (connection: Connection): Model<StoredVersion> =>
  connection.model<StoredVersion>('ResourceVersion', schema);

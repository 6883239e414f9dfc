import { type Connection, type Model, Schema } from 'mongoose';
import type { ResourceKind } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

/** A version as stored. Content is JSON text: its member names may start with `$` or have dots. */
export interface StoredVersion {
  _id: string;
  tenantId: string;
  kind: ResourceKind;
  id: string;
  name: string;
  version: number;
  hash: string;
  content: string;
  author: string;
  message: string;
  savedAt: Date;
  /** Bytes of the content, of a head with its draft's; what was stored without it is measured when it is counted. */
  size?: number;
}

export interface StoredDraft {
  base: number;
  hash: string;
  name: string;
  /** JSON text. */
  content: string;
  updatedAt: Date;
  updatedBy: string;
}

/** A label with the version it is on; its hash beside it, for versions do not change. */
export interface StoredLabel {
  name: string;
  version: number;
  hash: string;
}

/** The latest version, labels, draft, and whether the resource is deleted; the one document every change goes through. */
export interface StoredResource extends StoredVersion {
  deleted: boolean;
  deletedAt?: Date;
  references?: string[];
  labels?: StoredLabel[];
  draft?: StoredDraft;
  /** Goes up with every change of the document. */
  revision?: number;
}

export const versionFields = {
  _id: { type: String, required: true },
  kind: { type: String, required: true },
  id: { type: String, required: true },
  name: { type: String, required: true },
  version: { type: Number, required: true },
  hash: { type: String, required: true },
  content: { type: String, required: true },
  author: { type: String, default: '' },
  message: { type: String, default: '' },
  savedAt: { type: Date, required: true },
  size: Number,
} as const;

const schema = new Schema<StoredResource>(
  {
    ...versionFields,
    deleted: { type: Boolean, required: true },
    deletedAt: Date,
    references: [String],
    labels: [{ _id: false, name: String, version: Number, hash: String }],
    draft: new Schema<StoredDraft>(
      { base: Number, hash: String, name: String, content: String, updatedAt: Date, updatedBy: String },
      { _id: false },
    ),
    revision: Number,
  },
  { collection: 'resources', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index(
  { tenantId: 1, kind: 1, name: 1 },
  { name: 'liveName', unique: true, partialFilterExpression: { deleted: false } },
);
schema.index({ tenantId: 1, kind: 1, deleted: 1, name: 1 });
schema.index({ tenantId: 1, references: 1, deleted: 1, kind: 1, name: 1 });
schema.index({ id: 1, kind: 1 });

export const resourceModel = (connection: Connection): Model<StoredResource> =>
  connection.model<StoredResource>('Resource', schema);

import { type Connection, type Model, Schema } from 'mongoose';
import type { Assignment } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredAssignment extends Assignment {
  _id: string;
}

const required = { type: String, required: true } as const;

const schema = new Schema<StoredAssignment>(
  {
    _id: required,
    id: required,
    agentId: required,
    taskId: required,
    taskVersion: { type: Number, required: true },
    assignedAt: { type: Date, required: true },
    assignedBy: { type: String, default: '' },
  },
  { collection: 'assignments', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, agentId: 1, assignedAt: 1 });
schema.index({ tenantId: 1, taskId: 1, assignedAt: 1 });

export const assignmentModel = (connection: Connection): Model<StoredAssignment> =>
  connection.model<StoredAssignment>('Assignment', schema);

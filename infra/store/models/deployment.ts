import { type Connection, type Model, Schema } from 'mongoose';
import type { DeploymentRecord } from '../ports.ts';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredDeployment extends DeploymentRecord {
  _id: string;
}

const schema = new Schema<StoredDeployment>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    workflowId: { type: String, required: true },
    workflowVersion: { type: Number, required: true },
    workflowHash: { type: String, required: true },
    processes: [
      {
        _id: false,
        processDefinitionKey: { type: String, required: true },
        bpmnProcessId: { type: String, required: true },
        version: { type: Number, required: true },
        duplicate: { type: Boolean, required: true },
      },
    ],
    documents: {
      type: [{ _id: false, kind: String, id: String, name: String, version: Number }],
      default: undefined,
    },
    deployedAt: { type: Date, required: true },
    deployedBy: { type: String, default: '' },
  },
  { collection: 'deployments', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);
schema.index({ tenantId: 1, workflowId: 1, deployedAt: -1 });

export const deploymentModel = (connection: Connection): Model<StoredDeployment> =>
  connection.model<StoredDeployment>('Deployment', schema);

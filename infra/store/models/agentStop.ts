import { type Connection, type Model, Schema } from 'mongoose';
import { tenantOwned } from '../tenantOwned.ts';

export interface StoredAgentStop {
  _id: string;
  tenantId: string;
  agentId: string;
  at: Date;
  by: string;
}

const schema = new Schema<StoredAgentStop>(
  {
    _id: { type: String, required: true },
    agentId: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
  },
  { collection: 'agentStops', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);
schema.plugin(tenantOwned);

export const agentStopModel = (connection: Connection): Model<StoredAgentStop> =>
  connection.model<StoredAgentStop>('AgentStop', schema);

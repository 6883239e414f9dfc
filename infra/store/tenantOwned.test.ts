import mongoose, { Schema } from 'mongoose';
import { expect, test } from 'vitest';
import { models } from './models/index.ts';
import { tenantOwned } from './tenantOwned.ts';

const connection = mongoose.createConnection();
const schema = new Schema<{ tenantId: string; name: string }>(
  { name: String },
  { autoIndex: false, autoCreate: false },
);
schema.plugin(tenantOwned);
const Things = connection.model('Thing', schema);

test('reaching documents of a tenant without naming it throws before anything is asked', async () => {
  const noTenant = /Expected every access to Thing to name its tenant/;
  await expect(Things.find({ name: 'x' })).rejects.toThrow(noTenant);
  await expect(Things.findById('x')).rejects.toThrow(noTenant);
  await expect(Things.exists({ name: 'x' })).rejects.toThrow(noTenant);
  await expect(Things.countDocuments()).rejects.toThrow(noTenant);
  await expect(Things.estimatedDocumentCount()).rejects.toThrow(noTenant);
  await expect(Things.distinct('name')).rejects.toThrow(noTenant);
  await expect(Things.updateMany({}, { $set: { name: 'y' } })).rejects.toThrow(noTenant);
  await expect(Things.findOneAndUpdate({ name: 'x' }, { name: 'y' })).rejects.toThrow(noTenant);
  await expect(Things.replaceOne({ name: 'x' }, { name: 'y' })).rejects.toThrow(noTenant);
  await expect(Things.deleteOne({ name: 'x' })).rejects.toThrow(noTenant);
  await expect(Things.findOneAndDelete({ name: 'x' })).rejects.toThrow(noTenant);
  await expect(Things.aggregate([{ $group: { _id: '$name' } }])).rejects.toThrow(noTenant);
  await expect(Things.aggregate([{ $match: { name: 'x' } }])).rejects.toThrow(noTenant);
  await expect(Things.bulkWrite([{ deleteOne: { filter: { name: 'x' } } }])).rejects.toThrow(noTenant);
  await expect(Things.find({ tenantId: { $ne: 'acme' } })).rejects.toThrow(noTenant);
  await expect(new Things({ name: 'x' }).save()).rejects.toThrow(/tenantId/);
});

test('everything stored is a tenant’s own, but for what an installation has once', () => {
  const owned = Object.values(models(mongoose.createConnection()))
    .filter((model) => (model.schema as Schema).path('tenantId')?.options.immutable)
    .map(({ modelName }) => modelName);
  expect(owned.sort()).toEqual([
    'AgentRun',
    'AgentStop',
    'ApiKey',
    'Assignment',
    'AuditEntry',
    'Call',
    'Claim',
    'Conversation',
    'Deployment',
    'Grant',
    'Ledger',
    'Limit',
    'McpCredential',
    'McpLock',
    'McpServer',
    'Member',
    'Preference',
    'Provider',
    'Question',
    'Reply',
    'Resource',
    'ResourceVersion',
    'Role',
    'Secret',
    'SessionEnd',
    'Sleeper',
    'TextVector',
    'ToolConnection',
    'ToolGrant',
    'ToolValue',
  ]);
});

import type { Aggregate, PipelineStage, Query, Schema } from 'mongoose';

const filtered = [
  'countDocuments',
  'deleteMany',
  'deleteOne',
  'distinct',
  'find',
  'findOne',
  'findOneAndDelete',
  'findOneAndReplace',
  'findOneAndUpdate',
  'replaceOne',
  'updateMany',
  'updateOne',
] as const;

/** For models whose documents belong to a tenant: reaching them without naming the tenant is a bug and throws. */
export function tenantOwned(schema: Schema): void {
  schema.add({ tenantId: { type: String, required: true, immutable: true } });
  schema.pre([...filtered], { document: false, query: true }, function (this: Query<unknown, unknown>) {
    demandTenant(this.model.modelName, this.getFilter());
  });
  schema.pre('aggregate', function (this: Aggregate<unknown>) {
    const first: PipelineStage | undefined = this.pipeline()[0];
    demandTenant(this.model().modelName, first && '$match' in first ? first.$match : {});
  });
  schema.pre('estimatedDocumentCount', function (this: Query<unknown, unknown>) {
    demandTenant(this.model.modelName, {});
  });
  schema.pre('bulkWrite', function (this: { modelName: string }, operations) {
    for (const operation of operations as { [name: string]: { filter?: object; document?: object } }[]) {
      for (const { filter, document } of Object.values(operation))
        demandTenant(this.modelName, filter ?? document ?? {});
    }
  });
}

function demandTenant(model: string, filter: object): void {
  if (!('tenantId' in filter) || typeof filter.tenantId !== 'string')
    throw new Error(`Expected every access to ${model} to name its tenant, but the filter has no tenantId`);
}

import type { Document } from 'bson';
import { CommandRefusal } from '../errors.ts';
import { aggregate as runPipeline } from '../language/language.ts';
import { type Command, documentsOf, namespaceOf } from './command.ts';

/** What drivers send for a count, behind its filter. */
const counting = JSON.stringify([{ $group: { _id: 1, n: { $sum: 1 } } }]);

export const aggregate: Command = (command, context) => {
  if (command.aggregate === 1)
    throw new CommandRefusal(
      'InvalidNamespace',
      'Expected an aggregation of a collection, but got one of the database',
    );
  if (command.explain)
    throw new CommandRefusal('InvalidOptions', 'Expected a pipeline to run, but got explain');
  const namespace = namespaceOf(command);
  const pipeline = command.pipeline as Document[];
  // A leading $match is answered through the indexes.
  const leading = pipeline[0]?.$match as Document | undefined;
  const collection = context.storage.collection(namespace);
  if (leading && collection && JSON.stringify(pipeline.slice(1)) === counting) {
    const n = context.storage.count(collection, leading);
    return { cursor: context.cursors.open(namespace, n > 0 ? [{ _id: 1, n }] : [], undefined) };
  }
  const documents = documentsOf(namespace, leading ?? {}, context);
  const results = runPipeline(documents, leading ? pipeline.slice(1) : pipeline, (name) =>
    documentsOf(`${command.$db}.${name}`, {}, context),
  );
  const batchSize = command.cursor?.batchSize;
  return {
    cursor: context.cursors.open(namespace, results, batchSize === undefined ? undefined : Number(batchSize)),
  };
};

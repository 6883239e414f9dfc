import type { Schema } from 'mongoose';

const changing = [
  'deleteMany',
  'deleteOne',
  'findOneAndDelete',
  'findOneAndReplace',
  'findOneAndUpdate',
  'replaceOne',
  'updateMany',
  'updateOne',
] as const;

/** For models whose documents are never changed nor removed: whoever tries has a bug, and is told. */
export function appendOnly(schema: Schema): void {
  const refuse = () => {
    throw new Error('Expected only additions here, but something is to be changed or removed');
  };
  schema.pre([...changing], { document: true, query: true }, refuse);
  schema.pre('bulkWrite', refuse);
}

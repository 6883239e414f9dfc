import mongoose, { Schema } from 'mongoose';
import { expect, test } from 'vitest';
import { appendOnly } from './appendOnly.ts';

const schema = new Schema({ text: String }, { bufferCommands: false, autoIndex: false, autoCreate: false });
schema.plugin(appendOnly);
const Note = mongoose.createConnection().model('Note', schema);

test.each<[string, () => unknown]>([
  ['updateOne', () => Note.updateOne({}, { text: 'b' })],
  ['updateMany', () => Note.updateMany({}, { text: 'b' })],
  ['replaceOne', () => Note.replaceOne({}, { text: 'b' })],
  ['findOneAndUpdate', () => Note.findOneAndUpdate({}, { text: 'b' })],
  ['findOneAndReplace', () => Note.findOneAndReplace({}, { text: 'b' })],
  ['findOneAndDelete', () => Note.findOneAndDelete({})],
  ['deleteOne', () => Note.deleteOne({})],
  ['deleteOne of a document', () => new Note({ text: 'a' }).deleteOne()],
  ['deleteMany', () => Note.deleteMany({})],
  ['bulkWrite', () => Note.bulkWrite([{ deleteMany: { filter: {} } }])],
])('%s is refused', async (_, change) => {
  await expect((async () => await change())()).rejects.toThrow('Expected only additions');
});

import { ImportDialog } from '../../../ui/ImportDialog.tsx';
import { importedSchema } from '../importSchema.ts';
import type { Schema } from '../schema.ts';

/** Takes a schema from a text or a file, or makes one of an example; the fields of before come back by undo. */
export function ImportSchema({
  what,
  onImport,
  onClose,
}: {
  /** `request`, `response`. */
  what: string;
  onImport(schema: Schema): void;
  onClose(): void;
}) {
  return (
    <ImportDialog
      title={`Import the ${what} schema`}
      label="JSON Schema or an example"
      hint="It takes the place of the fields that are there; undo brings them back."
      placeholder={'{ "action": "refund", "amount": 12.5 }'}
      action={(text) => {
        const read = importedSchema(text);
        return read.ok && read.value.fromExample ? 'Make a schema of it' : 'Import';
      }}
      onImport={(text) => {
        const read = importedSchema(text);
        if (!read.ok) return read.failure;
        onImport(read.value.schema);
        return undefined;
      }}
      onClose={onClose}
    />
  );
}

import './tasksView.css';
import { useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
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
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const read = importedSchema(text);
  const done = () => {
    setTried(true);
    if (read.ok) onImport(read.value.schema);
  };
  return (
    <Dialog
      wide
      title={`Import the ${what} schema`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => file.current?.click()}>Choose a file…</Button>
          <span className="grow" />
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" onClick={done}>
            {read.ok && read.value.fromExample ? 'Make a schema of it' : 'Import'}
          </Button>
        </>
      }
    >
      <div className="importschema">
        <Field
          label="JSON Schema or an example"
          hint="It takes the place of the fields that are there; undo brings them back."
          error={tried && !read.ok ? read.failure : undefined}
        >
          {({ invalid, ...control }) => (
            <TextArea
              {...control}
              rows={12}
              invalid={invalid}
              spellCheck={false}
              data-autofocus
              placeholder={'{ "action": "refund", "amount": 12.5 }'}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                done();
              }}
            />
          )}
        </Field>
        <input
          ref={file}
          type="file"
          accept=".json,application/json,application/schema+json"
          hidden
          onChange={async (event) => {
            const chosen = event.currentTarget.files?.[0];
            if (chosen) setText(await chosen.text());
          }}
        />
      </div>
    </Dialog>
  );
}

import './ImportDialog.css';
import { useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { Field } from './Field.tsx';
import { TextArea } from './TextArea.tsx';

export interface ImportDialogProps {
  title: string;
  label: string;
  hint: string;
  placeholder: string;
  /** What the button says of this text. */
  action(text: string): string;
  /** Takes the text, or says why not: "Expected …, but …". */
  onImport(text: string): string | undefined | Promise<string | undefined>;
  onClose(): void;
}

/** Takes a JSON text, pasted or from a file. */
export function ImportDialog(props: ImportDialogProps) {
  const { title, label, hint, placeholder, action, onImport, onClose } = props;
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string>();
  const [busy, setBusy] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const type = (next: string) => {
    setText(next);
    setRefused(undefined);
  };
  const done = async () => {
    if (busy) return;
    setBusy(true);
    setRefused(await onImport(text));
    setBusy(false);
  };
  return (
    <Dialog
      wide
      title={title}
      onClose={onClose}
      aside={<Button onClick={() => file.current?.click()}>Choose a file…</Button>}
      actions={
        <Button look="primary" busy={busy} onClick={() => void done()}>
          {action(text)}
        </Button>
      }
    >
      <div className="importdialog">
        <Field label={label} hint={hint} error={refused}>
          {({ invalid, ...control }) => (
            <TextArea
              {...control}
              rows={12}
              invalid={invalid}
              spellCheck={false}
              data-autofocus
              placeholder={placeholder}
              value={text}
              onChange={(event) => type(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                void done();
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
            if (chosen) type(await chosen.text());
          }}
        />
      </div>
    </Dialog>
  );
}

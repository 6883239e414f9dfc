import { startForm } from '@baton/gateway/api';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { fieldsOf, initialValues, readJsonText, readValues } from '../../../ui/schemaForm.ts';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { WorkflowDocument } from '../workflowDocument.ts';

/** Asks for the variables of a run: a form from the workflow's schema, or JSON. */
export function StartForm({ document }: { document: WorkflowDocument }) {
  const { saved, starting, busy } = useStore(document.view);
  const form = startForm.safeParse(saved.content.startForm).data;
  const fields = form ? fieldsOf(form.schema) : [];
  const [mode, setMode] = useState<'form' | 'json'>(fields.length > 0 ? 'form' : 'json');
  const [values, setValues] = useState(() => initialValues(fields, form?.example ?? {}));
  const [json, setJson] = useState(() => JSON.stringify(form?.example ?? {}, null, 2));
  const [tried, setTried] = useState(false);
  if (!starting) return null;

  const typed = readValues(fields, values);
  const parsed = readJsonText(json);
  const jsonError =
    'error' in parsed
      ? parsed.error
      : typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value)
        ? 'Expected a JSON object of variables, but got something else.'
        : undefined;
  const send = () => {
    setTried(true);
    if (mode === 'form' ? Object.keys(typed.errors).length > 0 : jsonError !== undefined) return;
    void document.start(
      mode === 'form' ? typed.variables : (parsed as { value: Record<string, never> }).value,
    );
  };
  const show = (next: 'form' | 'json') => {
    if (next === 'json') setJson(JSON.stringify(typed.variables, null, 2));
    else if (!jsonError)
      setValues(initialValues(fields, (parsed as { value: Record<string, unknown> }).value));
    setMode(next);
  };
  return (
    <Dialog
      title={`Run ${starting.name}`}
      wide
      onClose={document.cancelStart}
      actions={
        <Button look="primary" icon="run" busy={busy === 'starting'} onClick={send}>
          Run
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the fields take the focus, this only listens for the key that sends */}
      <div
        className="startform"
        onKeyDown={(event) => {
          if (event.key !== 'F5' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
          event.preventDefault();
          send();
        }}
      >
        <div className="startformhead">
          <span className="dim">Variables the run begins with</span>
          {fields.length > 0 && (
            <Segmented
              label="Form or JSON"
              value={mode}
              options={[
                { value: 'form', title: 'Form' },
                { value: 'json', title: 'JSON' },
              ]}
              onChange={show}
            />
          )}
        </div>
        {mode === 'form' ? (
          <SchemaForm
            fields={fields}
            values={values}
            onChange={setValues}
            errors={tried ? typed.errors : {}}
          />
        ) : (
          <Field label="Variables" note="JSON" error={jsonError}>
            {(control) => (
              <TextArea
                {...control}
                mono
                rows={12}
                spellCheck={false}
                value={json}
                onChange={(event) => setJson(event.target.value)}
              />
            )}
          </Field>
        )}
      </div>
    </Dialog>
  );
}

import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isObject } from '../../../platform/contentPath.ts';
import { readJson } from '../../../platform/jsonText.ts';
import { Button } from '../../../ui/Button.tsx';
import { CodeEditor } from '../../../ui/CodeEditor.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import {
  type FormField,
  type FormValues,
  fieldsOf,
  initialValues,
  readValues,
} from '../../../ui/schemaForm.ts';
import type { ToolDocument } from '../toolDocument.ts';
import { textOf } from '../toolDraft.ts';

/** The input to try the tool with, as a form of its schema or as JSON, and what runs it. */
export function SampleInput({ document, save }: { document: ToolDocument; save: () => void }) {
  const sample = useStore(document.view, (view) => view.sample);
  const schema = useStore(document.view, (view) => view.draft.input);
  const running = useStore(document.view, (view) => view.test?.state === 'running');
  const [mode, setMode] = useState<'form' | 'json'>('form');
  const { commands, themes, keybindings } = document.platform;
  const keys = keybindings.keysOf('tools.run')[0]?.join('+');
  const fields = formOf(schema, sample);
  const shown = fields ? mode : 'json';
  return (
    <Foldable
      title="Sample input"
      aside={
        <>
          <IconButton
            small
            icon="codicon:discard"
            label="New sample from the input schema"
            onClick={document.newSample}
          />
          {fields && (
            <Segmented
              label="Sample as"
              value={shown}
              options={[
                { value: 'form', title: 'Form' },
                { value: 'json', title: 'JSON' },
              ]}
              onChange={setMode}
            />
          )}
        </>
      }
    >
      {shown === 'form' && fields ? (
        <SampleForm key={schema} document={document} fields={fields} sample={sample} />
      ) : (
        <div className="toolsample">
          <CodeEditor
            themes={themes}
            language="json"
            label="Sample input"
            path={`baton:/${document.resource.id}.sample.json`}
            value={sample}
            lineNumbers={false}
            onChange={document.typeSample}
          />
        </div>
      )}
      <div className="tooltestactions">
        <Button
          size="sm"
          look="primary"
          icon="run"
          busy={running}
          disabled={!commands.enabled('tools.run')}
          title={keys ? `Run what is in the editor, saved or not (${keys})` : undefined}
          onClick={() => void commands.run('tools.run')}
        >
          Run in sandbox
        </Button>
        {document.writable && (
          <Button size="sm" title="Keep this input beside the tool, as a test" onClick={save}>
            Save as test
          </Button>
        )}
      </div>
    </Foldable>
  );
}

/** Fields for the sample where it is an object of a schema with properties; else it is JSON only. */
function formOf(schema: string, sample: string): readonly FormField[] | undefined {
  const [read, value] = [readJson(schema), readJson(sample)];
  if (!read.ok || !value.ok || !isObject(read.value.value) || !isObject(value.value.value)) return undefined;
  const fields = fieldsOf(read.value.value);
  const known = Object.keys(value.value.value).every((name) => fields.some((field) => field.name === name));
  return fields.length > 0 && known ? fields : undefined;
}

function SampleForm({
  document,
  fields,
  sample,
}: {
  document: ToolDocument;
  fields: readonly FormField[];
  sample: string;
}) {
  const [values, setValues] = useState<FormValues>(() => valuesOf(fields, sample));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const written = useRef(sample);
  if (written.current !== sample) {
    written.current = sample;
    setValues(valuesOf(fields, sample));
    setErrors({});
  }
  return (
    <SchemaForm
      fields={fields}
      values={values}
      errors={errors}
      onChange={(next) => {
        const read = readValues(fields, next);
        setValues(next);
        setErrors(read.errors);
        written.current = textOf(read.variables);
        document.typeSample(written.current);
      }}
    />
  );
}

function valuesOf(fields: readonly FormField[], sample: string): FormValues {
  const read = readJson(sample);
  return initialValues(fields, read.ok && isObject(read.value.value) ? read.value.value : {});
}

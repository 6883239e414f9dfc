import { type JsonValue, mcpServerRoutes } from '@baton/gateway/api';
import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { fieldsOf, initialValues, readJsonText, readValues } from '../../../ui/schemaForm.ts';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { ServerDocument } from '../serverDocument.ts';
import { Messages } from './Messages.tsx';

const methods = mcpServerRoutes.request.body.shape.method.options;
type Params = { [name: string]: JsonValue };

/** Requests by hand, past the lock, and all that goes over the wire. */
export function Inspector({ document }: { document: ServerDocument }) {
  const { request, messages } = useStore(document.view);
  return (
    <div className="mcpsplit">
      <Request key={request.turn} document={document} />
      <Messages
        title="Between Baton and the server"
        hint="The last messages; secrets are masked"
        messages={messages.items}
        failure={messages.failure}
        refresh={() => void document.refresh()}
      />
    </div>
  );
}

function Request({ document }: { document: ServerDocument }) {
  const { request, tools, answer, sending } = useStore(document.view);
  const begun = request.params as Params;
  const [method, setMethod] = useState(request.method);
  const [tool, setTool] = useState(() => String(begun.name ?? tools.items?.[0]?.tool ?? ''));
  const [json, setJson] = useState(() => JSON.stringify(begun, null, 2));
  const [mode, setMode] = useState<'fields' | 'json'>('fields');
  const [tried, setTried] = useState(false);
  const listed = tools.items?.find((each) => each.tool === tool);
  const fields = fieldsOf(listed?.input ?? {});
  const [values, setValues] = useState(() => initialValues(fields, (begun.arguments ?? {}) as Params));
  const calls = method === 'tools/call';
  const asFields = calls && mode === 'fields';
  const typed = readValues(fields, values);
  const read = readJsonText(json || '{}');
  const jsonError =
    'error' in read
      ? read.error
      : isObject(read.value)
        ? undefined
        : 'Expected a JSON object, but got something else.';
  const params: Params = asFields
    ? { name: tool, arguments: typed.variables }
    : 'value' in read && isObject(read.value)
      ? read.value
      : {};
  const send = () => {
    setTried(true);
    if (asFields ? Object.keys(typed.errors).length > 0 : jsonError !== undefined) return;
    void document.send(method, params);
  };
  const chooseTool = (name: string) => {
    setTool(name);
    const input = tools.items?.find((each) => each.tool === name)?.input ?? {};
    setValues(initialValues(fieldsOf(input), {}));
    setTried(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields take the focus, this only listens for the key that sends
    <div
      className="mcprequest scroll"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        send();
      }}
    >
      <div className="mcprow">
        <Select
          small
          aria-label="Method"
          value={method}
          options={methods.map((value) => ({ value, title: value }))}
          onChange={(event) => {
            setMethod(event.currentTarget.value);
            setJson(JSON.stringify(templates[event.currentTarget.value] ?? {}, null, 2));
          }}
        />
        <span className="grow" />
        {calls && (
          <Segmented
            label="Fields or JSON"
            value={mode}
            options={[
              { value: 'fields', title: 'Fields' },
              { value: 'json', title: 'JSON' },
            ]}
            onChange={(next) => {
              if (next === 'json') setJson(JSON.stringify(params, null, 2));
              setMode(next);
            }}
          />
        )}
        <Button size="sm" look="primary" icon="codicon:play" busy={sending} onClick={send}>
          Send
        </Button>
      </div>
      {asFields ? (
        <>
          <Field label="Tool">
            {({ invalid, ...control }) => (
              <Select
                {...control}
                invalid={invalid}
                value={tool}
                options={(tools.items ?? []).map((each) => ({ value: each.tool, title: each.tool }))}
                onChange={(event) => chooseTool(event.currentTarget.value)}
              />
            )}
          </Field>
          {listed && listed.state !== 'locked' && (
            <Callout tone="warning">
              Nobody else can call it while it is not accepted. What you send here reaches the server.
            </Callout>
          )}
          <SchemaForm
            fields={fields}
            values={values}
            errors={tried ? typed.errors : {}}
            onChange={setValues}
          />
          {fields.length === 0 && <p className="dim sm">It asks for nothing.</p>}
        </>
      ) : (
        method !== 'ping' && (
          <Field label="Params" note="JSON" error={jsonError}>
            {(control) => (
              <TextArea
                {...control}
                mono
                rows={8}
                spellCheck={false}
                value={json}
                onChange={(event) => setJson(event.currentTarget.value)}
              />
            )}
          </Field>
        )
      )}
      {answer && (
        <section aria-label="Answer" aria-live="polite">
          <h3>
            Answer to <span className="mono">{answer.method}</span>
          </h3>
          {answer.error && <Callout tone="error">{answer.error}</Callout>}
          {answer.response !== undefined && <Response value={answer.response} />}
        </section>
      )}
    </div>
  );
}

/** A tool's own failure is an answer too: it is told apart. */
function Response({ value }: { value: JsonValue }) {
  const failed = isObject(value) && value.isError === true;
  return (
    <>
      {failed && <Callout tone="warning">The tool says that it failed.</Callout>}
      <JsonView value={value} />
    </>
  );
}

/** What the methods ask for. */
const templates: Readonly<Record<string, Params>> = {
  'tools/call': { name: '', arguments: {} },
  'resources/read': { uri: '' },
  'prompts/get': { name: '', arguments: {} },
  'completion/complete': { ref: { type: 'ref/prompt', name: '' }, argument: { name: '', value: '' } },
};

function isObject(value: JsonValue): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

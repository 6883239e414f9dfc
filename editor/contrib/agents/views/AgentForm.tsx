import { type ProviderType, providerTypes } from '@baton/gateway/api';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useStore } from 'zustand';
import { type ContentPath, pathKey } from '../../../platform/contentPath.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults, isObject, problemsAt, valueAt } from '../checkAgent.ts';
import { NumberInput } from './NumberInput.tsx';
import { ToolsField } from './ToolsField.tsx';

const modelHints: { readonly [T in ProviderType]: string } = {
  mock: 'Answers the same every time, without a model or a key.',
  'openai-compatible': 'As the server names it: gpt-4.1-mini, llama3.1.',
  ollama: 'As Ollama names it: qwen2.5:7b.',
  openai: 'As OpenAI names it: gpt-4.1-mini.',
  anthropic: 'As Anthropic names it: claude-sonnet-4-5.',
};

interface Limit {
  name: keyof typeof agentDefaults.limits;
  label: string;
  note?: string;
}

const limits: readonly Limit[] = [
  { name: 'maxModelCalls', label: 'Model calls' },
  { name: 'maxTokens', label: 'Tokens' },
  { name: 'timeout', label: 'Timeout', note: 'ms a call' },
];

export function AgentForm({ document }: { document: AgentDocument }) {
  const { reading, unreadable, problems, providers = [] } = useStore(document.view);
  const content = reading.value;
  const provider = providers.find(({ name }) => name === valueAt(content, ['provider']));
  const modelList = useId();
  const whole = problems.find(({ path }) => path.length === 0);
  const noField = problems.filter(({ code }) => code === 'agent(unknown)');
  return (
    <div className="agentform scroll">
      {unreadable && (
        <Callout tone="error">
          Line {unreadable.line}: {unreadable.message} The form waits until the YAML can be read.
        </Callout>
      )}
      {!unreadable && whole && <Callout tone="error">{whole.message}</Callout>}
      {!unreadable &&
        noField.map(({ path, message }) => (
          <Callout tone="error" key={pathKey(path)}>
            {message}
          </Callout>
        ))}
      <fieldset disabled={unreadable !== undefined || !isObject(content) || !document.writable}>
        <AgentField
          document={document}
          path={['description']}
          label="Description"
          hint="What people and the list of agents see; the model does not read it."
        >
          {(control, value, change) => (
            <Input
              {...control}
              data-autofocus
              value={value}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )}
        </AgentField>
        <div className="agentgrid">
          <AgentField document={document} path={['provider']} label="Provider">
            {(control, value, change) => (
              <Select
                {...control}
                value={value}
                options={[
                  ...providers.map(({ name, type }) => ({
                    value: name,
                    title:
                      name === type ? providerTypes[type].title : `${name} (${providerTypes[type].title})`,
                  })),
                  ...(provider ? [] : [{ value, title: value || 'Choose one' }]),
                ]}
                onChange={(event) => change(event.currentTarget.value)}
              />
            )}
          </AgentField>
          <AgentField
            document={document}
            path={['model']}
            label="Model"
            hint={provider && modelHints[provider.type]}
          >
            {(control, value, change) => (
              <>
                <Input
                  {...control}
                  mono
                  spellCheck={false}
                  list={modelList}
                  value={value}
                  onChange={(event) => change(event.currentTarget.value)}
                />
                <datalist id={modelList}>
                  {provider?.models.map((model) => (
                    <option key={model} value={model} />
                  ))}
                </datalist>
              </>
            )}
          </AgentField>
          <AgentField
            document={document}
            path={['parameters', 'temperature']}
            label="Temperature"
            note="0 to 2"
          >
            {(control, value, change) => (
              <NumberInput
                {...control}
                placeholder={String(agentDefaults.parameters.temperature)}
                value={value}
                change={change}
              />
            )}
          </AgentField>
        </div>
        <AgentField
          document={document}
          path={['systemPrompt']}
          label="System prompt"
          hint="Who the agent is and what it must keep to. It is read before every message."
        >
          {(control, value, change) => (
            <TextArea
              {...control}
              rows={5}
              value={value}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )}
        </AgentField>
        <AgentField
          document={document}
          path={['userPrompt']}
          label="User prompt"
          hint={
            <>
              <code>{'{{variable}}'}</code> takes a variable of the job, <code>{'{{order.id}}'}</code> a field
              of one. Empty: all variables as JSON.
            </>
          }
        >
          {(control, value, change) => (
            <TextArea
              {...control}
              rows={3}
              placeholder="{{customer}} writes: {{message}}"
              value={value}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )}
        </AgentField>
        <ToolsField document={document} />
        <h2>Limits for one run</h2>
        <div className="agentgrid agentlimits">
          {limits.map(({ name, label, note }) => (
            <AgentField key={name} document={document} path={['limits', name]} label={label} note={note}>
              {(control, value, change) => (
                <NumberInput
                  {...control}
                  placeholder={String(agentDefaults.limits[name])}
                  value={value}
                  change={change}
                />
              )}
            </AgentField>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

interface Control {
  id: string;
  'aria-describedby': string | undefined;
  invalid: boolean;
}

/** One field of the agent: its value, what is wrong with it, and its lines in the text while it is worked on. */
export function AgentField({
  document,
  path,
  label,
  note,
  hint,
  children,
}: {
  document: AgentDocument;
  path: ContentPath;
  label: string;
  note?: string | undefined;
  hint?: ReactNode;
  children(control: Control, value: string, change: (value: number | string | undefined) => void): ReactNode;
}) {
  const key = pathKey(path);
  const value = useStore(document.view, (view) => valueAt(view.reading.value, path));
  const problems = useStore(document.view, (view) => view.problems);
  const selected = useStore(document.view, (view) => view.selected && pathKey(view.selected) === key);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Called from Problems; a field that has the focus is in sight already.
    if (!selected || place.current?.contains(window.document.activeElement)) return;
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const own = problemsAt(problems, path);
  const error = own.find(({ severity }) => severity === 'error');
  const warning = own.find(({ severity }) => severity === 'warning');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control inside takes the focus, this only hears of it
    <div className="agentfield" ref={place} onFocus={() => document.select(path)}>
      <Field label={label} note={note} hint={hint} error={error?.message}>
        {(control) => children(control, textFor(value), (next) => document.change(path, next))}
      </Field>
      {!error && warning && (
        <div className="agentwarning" role="status">
          <Icon name="codicon:warning" size={14} />
          <span>{warning.message}</span>
        </div>
      )}
    </div>
  );
}

function textFor(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

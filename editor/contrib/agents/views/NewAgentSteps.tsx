import { useState } from 'react';
import { Callout } from '../../../ui/Callout.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { ModelInput, ProviderSelect, priceOf } from '../../../ui/ModelChoice.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import { statusWord } from '../knownResources.ts';
import { type NewAgent, type NewAgentState, nameProblem, problemsOfSteps, type Step } from '../newAgent.ts';

type StepProps = { wizard: NewAgent };

/** What the step has to say about one field. */
function problemAt(state: NewAgentState, step: Step, ...path: string[]): string | undefined {
  return problemsOfSteps(state)
    .get(step)
    ?.find((problem) => path.every((part, at) => problem.path?.[at] === part))?.message;
}

export function TemplateStep({ wizard }: StepProps) {
  const state = useReadable(wizard.view);
  const { starts, chosen, name } = state;
  return (
    <>
      {starts ? (
        <fieldset className="startcards">
          <legend className="sr">Template</legend>
          {starts.map((start) => (
            <label key={start.id} className="startcard">
              <input
                type="radio"
                name="start"
                checked={start.id === chosen}
                onChange={() => wizard.choose(start)}
              />
              <span className="strong ellipsis">{start.title}</span>
              <span className="dim sm startcardtext">
                {start.content.description || 'Answers in one sentence, without a key or a server.'}
              </span>
              <span className="xs dim mono ellipsis">
                {start.from === 'own' ? 'Your own · ' : ''}
                {start.content.provider}/{start.content.model}
              </span>
            </label>
          ))}
        </fieldset>
      ) : (
        <Skeleton lines={4} />
      )}
      <Field label="Name" hint="Processes and other agents name it like this." error={nameProblem(state)}>
        {({ invalid, ...control }) => (
          <Input
            {...control}
            mono
            invalid={invalid}
            spellCheck={false}
            autoComplete="off"
            value={name}
            onChange={(event) => wizard.rename(event.currentTarget.value)}
          />
        )}
      </Field>
    </>
  );
}

export function ModelStep({ wizard }: StepProps) {
  const state = useReadable(wizard.view);
  const { content, known } = state;
  const { providers = [] } = known;
  const provider = providers.find(({ name }) => name === content.provider);
  const price = provider && priceOf(provider, content.model);
  return (
    <>
      <Field label="Provider" error={problemAt(state, 'model', 'provider')}>
        {(control) => (
          <ProviderSelect
            {...control}
            providers={providers}
            value={content.provider}
            change={(name) => {
              const models = providers.find((each) => each.name === name)?.models ?? [];
              const keeps = models.length === 0 || models.includes(content.model);
              wizard.change({ provider: name, ...(!keeps && { model: models[0]! }) });
            }}
          />
        )}
      </Field>
      {provider && provider.status !== 'connected' && (
        <Callout tone="warning">
          {provider.name}: {statusWord(provider.status).toLowerCase()}. The agent can be made, but it cannot
          answer yet.
        </Callout>
      )}
      <Field label="Model" hint={price} error={problemAt(state, 'model', 'model')}>
        {(control) => (
          <ModelInput
            {...control}
            provider={provider}
            value={content.model}
            change={(model) => wizard.change({ model })}
          />
        )}
      </Field>
    </>
  );
}

export function PromptStep({ wizard }: StepProps) {
  const state = useReadable(wizard.view);
  const { content } = state;
  return (
    <>
      <Field label="What it is for" hint="One sentence; others find it by that.">
        {({ invalid, ...control }) => (
          <Input
            {...control}
            invalid={invalid}
            value={content.description}
            placeholder="Sorts messages to the support desk by what is wanted"
            onChange={(event) => wizard.change({ description: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="System prompt"
        note={`${content.systemPrompt.length.toLocaleString('en')} characters`}
        hint="Who it is, what it knows, how it answers."
        error={problemAt(state, 'prompt', 'systemPrompt')}
      >
        {({ invalid, ...control }) => (
          <TextArea
            {...control}
            rows={10}
            invalid={invalid}
            value={content.systemPrompt}
            onChange={(event) => wizard.change({ systemPrompt: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

export function ToolsStep({ wizard }: StepProps) {
  const state = useReadable(wizard.view);
  const { content, known } = state;
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const offered = (known.tools ?? []).filter(
    ({ name, description }) =>
      content.tools.includes(name) || `${name} ${description}`.toLowerCase().includes(wanted),
  );
  const toggle = (name: string) =>
    wizard.change({
      tools: content.tools.includes(name)
        ? content.tools.filter((each) => each !== name)
        : [...content.tools, name],
    });
  const wrong = problemAt(state, 'tools', 'tools');
  return (
    <>
      <p className="dim newagenttext">
        It decides by itself when to call one. Without tools it only answers; they can be added later.
      </p>
      {wrong && <Callout tone="error">{wrong}</Callout>}
      {known.tools === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <>
          <Input
            icon="codicon:search"
            aria-label="Find tools"
            placeholder="Search tools by name or what they do"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ul className="toolchoices" aria-label="Tools">
            {offered.slice(0, 100).map(({ name, description }) => (
              <li key={name}>
                <Checkbox checked={content.tools.includes(name)} onChange={() => toggle(name)}>
                  <span className="mono">{name}</span> <span className="dim sm">{description}</span>
                </Checkbox>
              </li>
            ))}
          </ul>
          {offered.length === 0 && <p className="dim">No tool fits. Search by what it does.</p>}
          {offered.length > 100 && <p className="dim sm">{offered.length - 100} more: search for them.</p>}
        </>
      )}
    </>
  );
}

import { useStore } from 'zustand';
import { isObject, pathKey } from '../../../platform/contentPath.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { Input } from '../../../ui/Input.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults } from '../checkAgent.ts';
import { AgentField, FigureField } from './AgentField.tsx';
import { AnswerField } from './AnswerField.tsx';
import { MemoryField } from './MemoryField.tsx';
import { ModelFields } from './ModelFields.tsx';
import { MoreFields } from './MoreFields.tsx';
import { PolicyField } from './PolicyField.tsx';
import { PromptField } from './PromptField.tsx';
import { ToolsField } from './ToolsField.tsx';

/** The agent as fields, in the order in which one thinks of it: who answers, how, with what, and how far it may go. */
export function AgentForm({ document }: { document: AgentDocument }) {
  const { reading, unreadable, problems } = useStore(document.view);
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
      <fieldset disabled={unreadable !== undefined || !isObject(reading.value) || !document.writable}>
        <AgentField document={document} path={['description']} label="Description">
          {({ control, text, change }) => (
            <Input
              {...control}
              data-autofocus
              placeholder="What people see; the model does not read it"
              value={text}
              onChange={(event) => change(event.currentTarget.value)}
            />
          )}
        </AgentField>
        <ModelFields document={document} />
        <PromptField
          document={document}
          path={['systemPrompt']}
          label="System prompt"
          rows={6}
          hint="Who the agent is and what it must keep to. It is read before every message."
        />
        <PromptField
          document={document}
          path={['userPrompt']}
          label="User prompt"
          rows={2}
          placeholder="{{customer}} writes: {{message}}"
          hint={
            <>
              <code>{'{{order.id}}'}</code> takes a variable of the job. Empty: all of them as JSON.
            </>
          }
        />
        <ToolsField document={document} />
        <div className="agentgrid">
          <PolicyField document={document} />
          <MemoryField document={document} />
        </div>
        <AnswerField document={document} />
        <MoreFields document={document} />
        <div className="agentlimits">
          <h2>Limits for one run</h2>
          <div className="agentgrid four">
            <FigureField
              document={document}
              path={['limits', 'maxModelCalls']}
              label="Loops"
              otherwise={agentDefaults.limits.maxModelCalls}
            />
            <FigureField
              document={document}
              path={['limits', 'maxTokens']}
              label="Tokens"
              otherwise={agentDefaults.limits.maxTokens}
            />
            <FigureField document={document} path={['limits', 'maxCost']} label="Cost" otherwise="No limit" />
            <FigureField
              document={document}
              path={['limits', 'maxDuration']}
              label="Time"
              otherwise={agentDefaults.limits.maxDuration}
            />
          </div>
        </div>
      </fieldset>
    </div>
  );
}

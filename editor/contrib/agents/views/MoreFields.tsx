import type { AgentContent } from '@baton/gateway/api';
import { useState } from 'react';
import { useStore } from 'zustand';
import { problemsAt, valueAt } from '../../../platform/contentPath.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults } from '../checkAgent.ts';
import { AgentField, FigureField } from './AgentField.tsx';

const rare = [
  ['parameters', 'topP'],
  ['parameters', 'seed'],
  ['parameters', 'stop'],
  ['memory', 'messages'],
  ['context', 'maxTokens'],
  ['context', 'overflow'],
  ['limits', 'timeout'],
  ['limits', 'maxToolCalls'],
  ['limits', 'maxRepeats'],
  ['limits', 'maxIdleLoops'],
];

const overflows: { readonly [O in AgentContent['context']['overflow']]: { title: string; hint: string } } = {
  trim: {
    title: 'Leave out the oldest',
    hint: 'Old results of tools go first, then the oldest loops.',
  },
  summarize: {
    title: 'Sum up the oldest',
    hint: 'The model puts the oldest loops into words; that call counts like any other.',
  },
  fail: { title: 'End the run', hint: 'The run ends with an incident that says so.' },
};

/** What most agents leave as it is; open when something is wrong in it or called for. */
export function MoreFields({ document }: { document: AgentDocument }) {
  const [opened, setOpened] = useState(false);
  const called = useStore(
    document.view,
    ({ selected, problems }) =>
      rare.some((path) => problemsAt(problems, path).length > 0) ||
      rare.some((path) => selected?.join('/') === path.join('/')),
  );
  return (
    <details
      className="agentmore"
      open={opened || called}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
      <summary>More settings</summary>
      <div className="agentgrid four">
        <FigureField
          document={document}
          path={['limits', 'timeout']}
          label="Time a call"
          otherwise={agentDefaults.limits.timeout}
        />
        <FigureField
          document={document}
          path={['memory', 'messages']}
          label="Remembered"
          note="messages"
          otherwise={agentDefaults.memory.messages}
        />
        <FigureField
          document={document}
          path={['parameters', 'topP']}
          label="Top P"
          note="0 to 1"
          otherwise="1"
        />
        <FigureField document={document} path={['parameters', 'seed']} label="Seed" otherwise="Any" />
      </div>
      <h3>A conversation that grows long</h3>
      <div className="agentgrid">
        <FigureField
          document={document}
          path={['context', 'maxTokens']}
          label="The model is shown up to"
          note="tokens"
          otherwise="As the limits allow"
        />
        <ContextField document={document} />
      </div>
      <h3>An agent that runs in circles</h3>
      <div className="agentgrid three">
        <FigureField
          document={document}
          path={['limits', 'maxToolCalls']}
          label="Tool calls"
          note="in one run"
          otherwise={agentDefaults.limits.maxToolCalls}
        />
        <FigureField
          document={document}
          path={['limits', 'maxRepeats']}
          label="Same call again"
          hint="Times a tool is called with the same arguments."
          otherwise={agentDefaults.limits.maxRepeats}
        />
        <FigureField
          document={document}
          path={['limits', 'maxIdleLoops']}
          label="Without news"
          hint="Loops in a row that bring nothing new."
          otherwise={agentDefaults.limits.maxIdleLoops}
        />
      </div>
      <AgentField
        document={document}
        path={['parameters', 'stop']}
        label="Stop texts"
        note="one a line, at most 4"
        hint="An answer ends before any of these."
      >
        {({ control, value, change }) => (
          <TextArea
            {...control}
            mono
            rows={2}
            value={Array.isArray(value) ? value.map(String).join('\n') : ''}
            onChange={({ currentTarget: { value: text } }) => change(text === '' ? [] : text.split('\n'))}
          />
        )}
      </AgentField>
    </details>
  );
}

/** What becomes of what no longer fits. */
function ContextField({ document }: { document: AgentDocument }) {
  const overflow = useStore(document.view, (view) => valueAt(view.reading.value, ['context', 'overflow']));
  const known = Object.keys(overflows) as (keyof typeof overflows)[];
  const chosen = known.find((name) => name === (overflow ?? agentDefaults.context.overflow));
  return (
    <AgentField
      document={document}
      path={['context', 'overflow']}
      label="When there is more"
      hint={chosen && overflows[chosen].hint}
    >
      {({ control, text, change }) => (
        <Select
          {...control}
          value={text || agentDefaults.context.overflow}
          options={[
            ...known.map((name) => ({ value: name, title: overflows[name].title })),
            ...(chosen ? [] : [{ value: text, title: text }]),
          ]}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
    </AgentField>
  );
}

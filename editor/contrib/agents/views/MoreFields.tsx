import { useState } from 'react';
import { useStore } from 'zustand';
import { problemsAt } from '../../../platform/contentPath.ts';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults } from '../checkAgent.ts';
import { AgentField, FigureField } from './AgentField.tsx';

const rare = [
  ['parameters', 'topP'],
  ['parameters', 'seed'],
  ['parameters', 'stop'],
  ['memory', 'messages'],
  ['limits', 'timeout'],
];

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

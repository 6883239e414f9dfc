import { useStore } from 'zustand';
import { Select } from '../../../ui/Select.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { AgentField } from './AgentField.tsx';

const path = ['guardrails'];

/** The policy every run of the agent keeps to. */
export function PolicyField({ document }: { document: AgentDocument }) {
  const policies = useStore(document.view, (view) => view.known.policies) ?? [];
  return (
    <AgentField document={document} path={path} label="Guardrail policy">
      {({ control, text, change }) => (
        <Select
          {...control}
          value={text}
          title={policies.find(({ name }) => name === text)?.description}
          options={[
            { value: '', title: 'None' },
            ...policies.map(({ name }) => ({ value: name, title: name })),
            ...(text && !policies.some(({ name }) => name === text) ? [{ value: text, title: text }] : []),
          ]}
          onChange={(event) => change(event.currentTarget.value || undefined)}
        />
      )}
    </AgentField>
  );
}

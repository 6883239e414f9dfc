import { useStore } from 'zustand';
import { isObject, valueAt } from '../../../platform/contentPath.ts';
import { spanWords } from '../../../ui/quantities.ts';
import { Select } from '../../../ui/Select.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { agentDefaults } from '../checkAgent.ts';
import { AgentField } from './AgentField.tsx';

const path = ['memory'];
const spans = ['P1D', 'P7D', 'P30D', 'P90D', 'P1Y'];

/** Whether it remembers what was said before, and for how long. */
export function MemoryField({ document }: { document: AgentDocument }) {
  const messages = useStore(document.view, (view) => valueAt(view.reading.value, ['memory', 'messages']));
  const shown = typeof messages === 'number' ? messages : agentDefaults.memory.messages;
  return (
    <AgentField document={document} path={path} label="Memory">
      {({ control, value, change }) => {
        const memory = isObject(value) ? value : {};
        const keep = typeof memory.keep === 'string' ? memory.keep : agentDefaults.memory.keep;
        const remembers = memory.kind === 'conversation';
        return (
          <Select
            {...control}
            value={remembers ? keep : ''}
            title={remembers ? `The latest ${shown} messages are shown to the model` : undefined}
            options={[
              { value: '', title: 'None' },
              ...[...new Set([...spans, ...(remembers ? [keep] : [])])].map((span) => ({
                value: span,
                title: `Conversation, ${spanWords(span)}`,
              })),
            ]}
            onChange={(event) => {
              const span = event.currentTarget.value;
              change(span ? { ...memory, kind: 'conversation', keep: span } : { ...memory, kind: 'none' });
            }}
          />
        );
      }}
    </AgentField>
  );
}

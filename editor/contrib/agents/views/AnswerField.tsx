import type { JsonValue } from '@baton/gateway/api';
import { useState } from 'react';
import { useStore } from 'zustand';
import { isObject } from '../../../platform/contentPath.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { AgentField } from './AgentField.tsx';

const path = ['response'];
/** No task has such a name. */
const own = '{}';

const firstSchema: JsonValue = {
  type: 'object',
  properties: { answer: { type: 'string', description: 'The answer, in one sentence' } },
  required: ['answer'],
  additionalProperties: false,
};

/** What an answer has to be: text, what a task expects, or values after a schema of the agent's own. */
export function AnswerField({ document }: { document: AgentDocument }) {
  const tasks = useStore(document.view, (view) => view.known.tasks) ?? [];
  return (
    <AgentField
      document={document}
      path={path}
      label="Answer"
      hint="Checked: repaired once, then the run fails with the difference."
    >
      {({ control, value, change }) => {
        const named = typeof value === 'string' ? value : '';
        const chosen = isObject(value) ? own : named;
        return (
          <>
            <Select
              {...control}
              value={chosen}
              options={[
                { value: '', title: 'Text, as the model writes it' },
                ...tasks.map(({ name }) => ({ value: name, title: `${name} / response` })),
                ...(named && !tasks.some(({ name }) => name === named)
                  ? [{ value: named, title: `${named} / response` }]
                  : []),
                { value: own, title: 'A schema of its own' },
              ]}
              onChange={(event) => {
                const next = event.currentTarget.value;
                change(next === own ? firstSchema : next || undefined);
              }}
            />
            {isObject(value) && <SchemaText value={value} change={change} />}
          </>
        );
      }}
    </AgentField>
  );
}

/** A schema as JSON: kept as it is typed, taken when it can be read. */
function SchemaText({ value, change }: { value: JsonValue; change(value: JsonValue | undefined): void }) {
  const [typed, setTyped] = useState<string>();
  const read = typed === undefined ? value : parsed(typed);
  const wrong = read === undefined;
  // Another side or undo may have changed it meanwhile; then that is shown.
  const mine = typed !== undefined && (wrong || JSON.stringify(read) === JSON.stringify(value));
  return (
    <>
      <TextArea
        mono
        small
        className="answerschema"
        aria-label="Schema of the answer"
        spellCheck={false}
        rows={6}
        invalid={mine && wrong}
        value={mine ? typed : JSON.stringify(value, null, 2)}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          const next = parsed(text);
          if (next !== undefined) change(next);
        }}
        onBlur={() => !wrong && setTyped(undefined)}
      />
      {mine && wrong && (
        <div className="err" role="alert">
          Expected a JSON object, but it cannot be read yet; the schema before it counts.
        </div>
      )}
    </>
  );
}

function parsed(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

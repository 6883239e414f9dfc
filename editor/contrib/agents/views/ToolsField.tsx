import { useStore } from 'zustand';
import { Icon } from '../../../ui/Icon.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { problemsAt, valueAt } from '../checkAgent.ts';
import { AgentField } from './AgentForm.tsx';

const path = ['tools'];

/** The tools the model may call, as chips, and a list to add one of the tenant's. */
export function ToolsField({ document }: { document: AgentDocument }) {
  const value = useStore(document.view, (view) => valueAt(view.reading.value, path));
  const known = useStore(document.view, (view) => view.tools);
  const problems = useStore(document.view, (view) => view.problems);
  const names = Array.isArray(value) ? value.map(String) : [];
  const left = known?.filter(({ name }) => !names.includes(name)) ?? [];
  const put = (next: readonly string[]) => document.change(path, [...next]);
  return (
    <AgentField
      document={document}
      path={path}
      label="Tools"
      note={names.length > 0 ? `${names.length}` : undefined}
      hint="What the model may call while it works. Their descriptions tell it when."
    >
      {({ invalid, ...control }) => (
        <div className={invalid ? 'agenttools is-error' : 'agenttools'}>
          {names.map((name, index) => {
            const wrong = problemsAt(problems, [...path, String(index)]).length > 0;
            return (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: a name can stand there twice
                key={index}
                className={wrong ? 'chip guardrail' : 'chip tool'}
                title={known?.find((tool) => tool.name === name)?.description}
              >
                <Icon name={wrong ? 'codicon:warning' : 'tool'} size={12} />
                {name}
                <button
                  type="button"
                  className="chipremove"
                  aria-label={`Remove ${name}`}
                  onClick={() => put(names.filter((_, at) => at !== index))}
                >
                  <Icon name="codicon:close" size={12} />
                </button>
              </span>
            );
          })}
          <Select
            {...control}
            small
            className="addtool"
            value=""
            disabled={left.length === 0}
            options={[
              { value: '', title: addTitle(known?.length, left.length) },
              ...left.map(({ name }) => ({ value: name, title: name })),
            ]}
            onChange={(event) => event.currentTarget.value && put([...names, event.currentTarget.value])}
          />
        </div>
      )}
    </AgentField>
  );
}

function addTitle(known: number | undefined, left: number): string {
  if (known === undefined) return 'Tools cannot be listed';
  if (known === 0) return 'No tools in this tenant yet';
  return left === 0 ? 'All tools are chosen' : 'Add a tool';
}

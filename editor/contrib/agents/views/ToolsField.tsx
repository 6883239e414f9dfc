import { useStore } from 'zustand';
import { problemsAt, valueAt } from '../../../platform/contentPath.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { AgentDocument } from '../agentDocument.ts';
import { AgentField } from './AgentField.tsx';

const path = ['tools'];

/** The tools the model may call, as chips, and a search to add one of the tenant's. */
export function ToolsField({ document }: { document: AgentDocument }) {
  const value = useStore(document.view, (view) => valueAt(view.reading.value, path));
  const known = useStore(document.view, (view) => view.known.tools);
  const problems = useStore(document.view, (view) => view.problems);
  const names = Array.isArray(value) ? value.map(String) : [];
  const left = known?.filter(({ name }) => !names.includes(name)) ?? [];
  const put = (next: readonly string[]) => document.change(path, [...next]);
  async function add() {
    const chosen = await document.platform.dialogs.pick({
      placeholder: 'Tool the model may call',
      items: left.map(({ name, description }) => ({
        id: name,
        label: name,
        description,
        icon: 'tool' as const,
        kind: 'tool' as const,
        value: name,
      })),
    });
    if (chosen) put([...names, chosen]);
  }
  return (
    <AgentField
      document={document}
      path={path}
      label="Tools"
      note={names.length > 0 ? `${names.length}` : undefined}
      hint={names.length === 0 && 'What the model may call while it works.'}
    >
      {({ control: { invalid, ...control } }) => (
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
                <span className="ellipsis">{name}</span>
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
          <button
            {...control}
            type="button"
            className="addtool"
            disabled={left.length === 0}
            onClick={() => void add()}
          >
            {addTitle(known?.length, left.length)}
          </button>
        </div>
      )}
    </AgentField>
  );
}

function addTitle(known: number | undefined, left: number): string {
  if (known === undefined) return 'Tools cannot be listed';
  if (known === 0) return 'No tools in this tenant yet';
  return left === 0 ? 'All tools are chosen' : 'Add a tool…';
}

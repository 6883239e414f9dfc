import './agentsPage.css';
import { agentRoutes } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { useGrowing } from '../../../ui/useGrowing.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import { type AgentFilter, type AgentSort, agentRows, isFiltered, noFilter } from '../agentRows.ts';
import type { Agents } from '../agentsStore.ts';
import { AgentCard, type AgentFacts, RuntimePill, versionWords } from './AgentCard.tsx';
import { ProviderDot } from './ProviderDot.tsx';

type Looks = 'cards' | 'table';
const looksKey = 'agents/page/looks';

const states = [
  { value: '', title: 'Any state' },
  { value: 'running', title: 'Running' },
  { value: 'idle', title: 'Idle' },
  { value: 'stopped', title: 'Stopped' },
  { value: 'draft', title: 'With a draft' },
  { value: 'unreachable', title: 'Provider not connected' },
] as const satisfies readonly { value: AgentFilter['state']; title: string }[];

/** All agents as cards or as a table: found, narrowed, sorted and opened. */
export function AgentsPage({ agents }: { agents: Agents }) {
  const { context, commands, editors, storage } = usePlatform();
  const { items, failure, providers, tasks, runtimes } = useRemaining(agents, 'agent', ({ id }) => id);
  const [filter, setFilter] = useState(noFilter);
  const [sort, setSort] = useState<{ by: AgentSort; descending: boolean }>({ by: 'name', descending: false });
  const [looks, setLooks] = useState<Looks>(storage.get(looksKey) === 'table' ? 'table' : 'cards');
  const now = useNow();
  const fits = agentRows(items ?? [], filter, sort, { runtimes, providers });
  const { drawn, end } = useGrowing(fits.length);
  const shown = fits.slice(0, drawn);
  // Who looks for a state wants to know it of all of them, not only of those drawn.
  const asked = (filter.state === '' ? shown : (items ?? [])).map(({ id }) => id).join(' ');
  useEffect(() => {
    if (asked) agents.look(asked.split(' '));
  }, [agents, asked]);
  const writable = Boolean(context.get(`permission:${agentRoutes.create.permission}`));
  const narrow = (change: Partial<AgentFilter>) => setFilter({ ...filter, ...change });
  const rows = shown.map(
    (agent): AgentFacts => ({
      agent,
      runtime: runtimes.get(agent.id),
      provider: providers && { status: providers.get(agent.content.provider) },
      tasks: tasks.get(agent.id),
    }),
  );
  const open = ({ agent }: AgentFacts) =>
    void editors.open({ kind: 'agent', id: agent.id, name: agent.name }, { preview: true });
  const named = [...new Set((items ?? []).map(({ content }) => content.provider))].sort();
  return (
    <RecordsPage
      className="agentspage"
      title="Agents"
      hint="Models with their prompts, tools and limits"
      filter={{ label: 'Filter agents', text: filter.text, onChange: (text) => narrow({ text }) }}
      controls={
        <>
          <Select
            aria-label="State"
            options={states}
            value={filter.state}
            onChange={(event) => narrow({ state: event.currentTarget.value as AgentFilter['state'] })}
          />
          <Select
            aria-label="Provider"
            options={[
              { value: '', title: 'Any provider' },
              ...named.map((value) => ({ value, title: value })),
            ]}
            value={filter.provider}
            onChange={(event) => narrow({ provider: event.currentTarget.value })}
          />
          <Segmented
            label="Shown as"
            value={looks}
            options={[
              { value: 'cards', title: 'Cards' },
              { value: 'table', title: 'Table' },
            ]}
            onChange={(value) => {
              storage.set(looksKey, value);
              setLooks(value);
            }}
          />
        </>
      }
      action={
        writable && (
          <Button look="primary" icon="codicon:add" onClick={() => void commands.run('agents.wizard')}>
            New agent
          </Button>
        )
      }
    >
      {failure && (
        <div className="pad">
          <Callout tone="error">
            {failure.message}{' '}
            <Button size="sm" onClick={() => void agents.refresh()}>
              Try again
            </Button>
          </Callout>
        </div>
      )}
      {!items && !failure && <CardSkeletons />}
      {items?.length === 0 && (
        <EmptyState
          icon="agent"
          title="No agents yet"
          action={
            writable && <Button onClick={() => void commands.run('agents.example')}>Add the example</Button>
          }
        >
          An agent is a model with its prompts, tools and limits. The example reads “My parcel is late again!”
          and says how the customer feels; it needs no key.
        </EmptyState>
      )}
      {items && items.length > 0 && fits.length === 0 && (
        <p className="pad dim agentsnofit">
          No agent fits.{' '}
          {isFiltered(filter) && (
            <Button size="sm" onClick={() => setFilter(noFilter)}>
              Show all {items.length}
            </Button>
          )}
        </p>
      )}
      {rows.length > 0 && looks === 'cards' && (
        <ul className="agentcards" aria-label="Agents">
          {rows.map((facts) => (
            <AgentCard
              key={facts.agent.id}
              {...facts}
              now={now}
              open={() => open(facts)}
              start={
                writable && facts.runtime?.state === 'stopped'
                  ? () => void agents.start(facts.agent)
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      {rows.length > 0 && looks === 'table' && (
        <Table
          label="Agents"
          rows={rows}
          idOf={({ agent }) => agent.id}
          onOpen={open}
          sort={sort}
          onSort={({ by, descending }) => setSort({ by: by as AgentSort, descending })}
          columns={columnsAt(now)}
        />
      )}
      <div ref={end} />
    </RecordsPage>
  );
}

/** In the size of what comes. */
function CardSkeletons() {
  return (
    <div className="agentcards" role="status" aria-label="Loading">
      {Array.from({ length: 6 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places are alike and never move
        <div key={at} className="agentcard is-coming">
          <span className="skeleton" style={{ width: '48%' }} />
          <span className="skeleton" style={{ width: '92%' }} />
          <span className="skeleton" style={{ width: '64%' }} />
        </div>
      ))}
    </div>
  );
}

const columnsAt = (now: number): readonly Column<AgentFacts>[] => [
  {
    id: 'name',
    title: 'Agent',
    sortable: true,
    render: ({ agent }) => (
      <span className="agenttablename">
        <KindBadge kind="agent" />
        <span className="agentlines">
          <span className="strong ellipsis">{agent.name}</span>
          <span className="dim sm ellipsis">{agent.content.description}</span>
        </span>
      </span>
    ),
  },
  { id: 'state', title: 'State', render: ({ runtime }) => <RuntimePill runtime={runtime} /> },
  {
    id: 'provider',
    title: 'Model',
    sortable: true,
    render: ({ agent: { content }, provider }) => (
      <span className="agentcardmodel">
        {provider && <ProviderDot status={provider.status} name={content.provider} />}
        <span className="mono sm ellipsis">
          {content.provider}/{content.model}
        </span>
      </span>
    ),
  },
  { id: 'tools', title: 'Tools', numeric: true, render: ({ agent }) => agent.content.tools.length },
  { id: 'tasks', title: 'Tasks', numeric: true, render: ({ tasks }) => tasks ?? '' },
  {
    id: 'version',
    title: 'Version',
    render: ({ agent }) => (
      <span className={agent.draft ? 'modified' : undefined}>{versionWords(agent)}</span>
    ),
  },
  {
    id: 'updated',
    title: 'Changed',
    sortable: true,
    numeric: true,
    render: ({ agent }) => (
      <time className="dim" dateTime={agent.updatedAt} title={exactTime(agent.updatedAt)}>
        {relativeTime(agent.updatedAt, now)}
      </time>
    ),
  },
];

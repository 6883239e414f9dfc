import './agents.css';
import { agentRoutes } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { writeResource } from '../../../ui/resourceDrag.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { useActiveDocument, usePlatform } from '../../../workbench/platformContext.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import { hasText } from '../agentRows.ts';
import type { Agents } from '../agentsStore.ts';
import { ProviderDot } from './ProviderDot.tsx';

/** Of longer lists only these first rows say how many tasks they have; who searches sees fewer rows. */
const counted = 50;

/** The tenant's agents in the side bar; each can be dragged onto a process. */
export function AgentsList({ agents }: { agents: Agents }) {
  const platform = usePlatform();
  const { items, failure, providers, tasks, runtimes } = useRemaining(agents, 'agent', ({ id }) => id);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
  const shown = items?.filter((agent) => hasText(agent, text)) ?? [];
  const inSight = shown
    .slice(0, counted)
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    if (inSight) agents.look(inSight.split(' '));
  }, [agents, inSight]);
  if (failure) {
    return (
      <div className="agentslist pad">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  }
  if (!items) return <Skeleton lines={6} />;
  const writable = Boolean(platform.context.get(`permission:${agentRoutes.create.permission}`));
  if (items.length === 0) {
    return (
      <EmptyState
        icon="agent"
        title="No agents yet"
        action={
          writable && (
            <div className="agentsfirst">
              <Button look="primary" onClick={() => void platform.commands.run('agents.wizard')}>
                New agent
              </Button>
              <Button onClick={() => void platform.commands.run('agents.example')}>Add the example</Button>
            </div>
          )
        }
      >
        An agent is a model with its prompts, tools and limits. The example reads “My parcel is late again!”
        and says how the customer feels; it needs no key.
      </EmptyState>
    );
  }
  return (
    <div className="agentslist">
      <div className="agentsfind">
        <Input
          small
          icon="codicon:search"
          aria-label="Find agents"
          placeholder="Search agents"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {shown.length === 0 && <p className="agentsnone dim">No agent has “{text.trim()}” in its text.</p>}
      <List
        label="Agents"
        tall
        items={shown}
        idOf={(agent) => agent.id}
        selected={active?.kind === 'agent' ? active.id : undefined}
        onSelect={(agent) =>
          void platform.editors.open({ kind: 'agent', id: agent.id, name: agent.name }, { preview: true })
        }
        render={(agent) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the pointer's way; the canvas adds agents by keyboard
          <span
            className="agentrow"
            draggable
            title={agent.content.description || undefined}
            onDragStart={(event) =>
              writeResource(event.dataTransfer, { kind: 'agent', id: agent.id, name: agent.name })
            }
          >
            <KindBadge kind="agent" />
            <span className="agentlines">
              <span className="agentline">
                <span className="ellipsis">{agent.name}</span>
                <span className="agentend">
                  {runtimes.get(agent.id)?.state === 'stopped' && (
                    <span
                      className="c-cancelled"
                      role="img"
                      aria-label="Stopped"
                      title="Stopped: its jobs wait, its runs are refused"
                    >
                      <Icon name="codicon:debug-pause" size={14} />
                    </span>
                  )}
                  {agent.draft && (
                    <span
                      className="modified sm"
                      role="img"
                      aria-label="Has a draft"
                      title={`Draft of v${agent.version + 1} by ${agent.draft.updatedBy}`}
                    >
                      M
                    </span>
                  )}
                  {providers && (
                    <ProviderDot
                      status={providers.get(agent.content.provider)}
                      name={agent.content.provider}
                    />
                  )}
                </span>
              </span>
              <span className="dim sm ellipsis">
                {agent.content.model} · v{agent.version}
                {(tasks.get(agent.id) ?? 0) > 0 &&
                  ` · ${tasks.get(agent.id)} ${tasks.get(agent.id) === 1 ? 'task' : 'tasks'}`}
              </span>
            </span>
          </span>
        )}
      />
    </div>
  );
}

export function AgentsActions() {
  const platform = usePlatform();
  const writable = Boolean(platform.context.get('permission:agents:write'));
  return (
    <>
      <IconButton
        icon="codicon:list-unordered"
        label="All agents as cards or table"
        onClick={() => void platform.commands.run('agents.page')}
      />
      {writable && (
        <IconButton
          icon="codicon:add"
          label="New agent"
          onClick={() => void platform.commands.run('agents.wizard')}
        />
      )}
    </>
  );
}

import './agents.css';
import { type Agent, agentRoutes, type ValidationStatus } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import type { IconName } from '../../../platform/icons.ts';
import { KindBadge, type State } from '../../../ui/Badge.tsx';
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
import type { Agents } from '../agentsStore.ts';
import { statusWord } from '../knownResources.ts';

/** Of longer lists only these first rows say how many tasks they have; who searches sees fewer rows. */
const counted = 50;

/** The tenant's agents in the side bar; each can be dragged onto a process. */
export function AgentsList({ agents }: { agents: Agents }) {
  const platform = usePlatform();
  const { items, failure, providers, tasks } = useRemaining(agents, 'agent', ({ id }) => id);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
  const shown = items?.filter((agent) => matches(agent, text)) ?? [];
  const inSight = shown
    .slice(0, counted)
    .map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    if (inSight) agents.countTasks(inSight.split(' '));
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
              <Button look="primary" onClick={() => void platform.commands.run('agents.new')}>
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

/** How the connection of the agent's provider is; shape and word differ with the colour. */
function ProviderDot({ status, name }: { status: ValidationStatus | undefined; name: string }) {
  const { tone, icon } = status ? dots[status] : gone;
  const word = status ? `${name}: ${statusWord(status)}` : `There is no provider ${name} any more`;
  return (
    <span className={`c-${tone} providerdot`} role="img" aria-label={word} title={word}>
      <Icon name={icon} size={12} />
    </span>
  );
}

interface Dot {
  tone: State;
  icon: IconName;
}
const gone: Dot = { tone: 'incident', icon: 'codicon:error' };
const dots: { readonly [S in ValidationStatus]: Dot } = {
  connected: { tone: 'completed', icon: 'codicon:circle-filled' },
  validating: { tone: 'running', icon: 'codicon:sync' },
  pending: { tone: 'waiting', icon: 'codicon:circle-outline' },
  error: gone,
};

export function AgentsActions() {
  const platform = usePlatform();
  if (!platform.context.get('permission:agents:write')) return null;
  return (
    <IconButton
      icon="codicon:add"
      label="New agent"
      onClick={() => void platform.commands.run('agents.new')}
    />
  );
}

function matches({ name, content }: Agent, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [name, content.description, content.model].some((part) => part.toLowerCase().includes(wanted));
}

import './agents.css';
import { type Agent, agentRoutes } from '@baton/gateway/api';
import { useState } from 'react';
import { KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { writeResource } from '../../../ui/resourceDrag.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { useActiveDocument, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import type { Agents } from '../agentsStore.ts';

/** The tenant's agents in the side bar; each can be dragged onto a process. */
export function AgentsList({ agents }: { agents: Agents }) {
  const platform = usePlatform();
  const { items, failure } = useReadable(agents);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
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
            <Button look="primary" onClick={() => void platform.commands.run('agents.new')}>
              New agent
            </Button>
          )
        }
      >
        An agent is a model with its prompts, tools and limits. A process calls it in a service task: “read
        this message, say what it is about”.
      </EmptyState>
    );
  }
  const shown = items.filter((agent) => matches(agent, text));
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
                <span className="dim sm">
                  {agent.content.model} · v{agent.version}
                </span>
              </span>
              <span className="dim sm ellipsis">{agent.content.description || 'No description'}</span>
            </span>
          </span>
        )}
      />
    </div>
  );
}

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

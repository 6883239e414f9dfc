import './tools.css';
import type { Tool } from '@baton/gateway/api';
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
import type { ToolList } from '../toolList.ts';

/** The tenant's tools in the side bar; one can be dragged onto a canvas. */
export function ToolListView({ list }: { list: ToolList }) {
  const { editors, commands } = usePlatform();
  const { items, failure } = useReadable(list);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
  if (failure)
    return (
      <div className="toollist is-message">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  if (!items) return <Skeleton lines={6} />;
  if (items.length === 0)
    return (
      <EmptyState
        icon="tool"
        title="No tools yet"
        action={
          commands.enabled('tools.new') && (
            <Button size="sm" look="primary" onClick={() => void commands.run('tools.new')}>
              New tool
            </Button>
          )
        }
      >
        A tool is a TypeScript function that agents and processes call.
      </EmptyState>
    );
  return (
    <div className="toollist">
      <div className="toolfilter">
        <Input
          small
          icon="codicon:search"
          aria-label="Find tools"
          placeholder="Search tools"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <List
        label="Tools"
        tall
        items={items.filter((tool) => matches(tool, text))}
        idOf={(tool) => tool.id}
        selected={active?.kind === 'tool' ? active.id : undefined}
        onSelect={() => undefined}
        onOpen={(tool) =>
          void editors.open({ kind: 'tool', id: tool.id, name: tool.name }, { preview: true })
        }
        render={(tool) => <ToolRow tool={tool} />}
      />
    </div>
  );
}

function ToolRow({ tool }: { tool: Tool }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a shortcut; the canvas has its own way to place a tool
    <span
      className="toolrow"
      draggable
      title={tool.content.description}
      onDragStart={(event) =>
        writeResource(event.dataTransfer, { kind: 'tool', id: tool.id, name: tool.name })
      }
    >
      <KindBadge kind="tool" />
      <span className="toollines">
        <span className="toolline">
          <span className="ellipsis">{tool.name}</span>
          <span className="toolversion">v{tool.version}</span>
        </span>
        <span className="toolline dim sm">
          <span className="ellipsis">{tool.content.description}</span>
        </span>
      </span>
    </span>
  );
}

export function ToolListActions({ list }: { list: ToolList }) {
  const { commands } = usePlatform();
  return (
    <>
      {commands.enabled('tools.new') && (
        <IconButton icon="codicon:add" label="New tool" onClick={() => void commands.run('tools.new')} />
      )}
      <IconButton icon="codicon:refresh" label="Refresh" onClick={() => void list.refresh()} />
    </>
  );
}

function matches({ name, content }: Tool, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [name, content.description].some((part) => part.toLowerCase().includes(wanted));
}

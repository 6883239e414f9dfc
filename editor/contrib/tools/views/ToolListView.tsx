import './tools.css';
import type { CatalogEntry } from '@baton/gateway/api';
import { lazy, Suspense } from 'react';
import { resourceKey } from '../../../platform/documents.ts';
import { KindBadge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { writeResource } from '../../../ui/resourceDrag.ts';
import { Select } from '../../../ui/Select.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { useActiveDocument, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { documentOf, originOf, stateWords } from '../catalogWords.ts';
import { isFiltered, type ToolFilter, type ToolList } from '../toolList.ts';

const ImportTools = lazy(() =>
  import('./ImportTools.tsx').then((module) => ({ default: module.ImportTools })),
);

const origins = [
  { value: '', title: 'All origins' },
  { value: 'saved', title: 'Ours' },
  { value: 'builtIn', title: 'Built in' },
  { value: 'mcp', title: 'MCP servers' },
] as const satisfies readonly { value: ToolFilter['origin']; title: string }[];

/** Tools of every origin in the side bar; one can be dragged onto a canvas. */
export function ToolListView({ list }: { list: ToolList }) {
  const { commands } = usePlatform();
  const { found, failure, filter, importing } = useReadable(list);
  const importDialog = importing && (
    <Suspense fallback={null}>
      <ImportTools list={list} />
    </Suspense>
  );
  if (failure)
    return (
      <div className="toollist is-message">
        <Callout tone="error">
          {failure.message}{' '}
          <Button size="sm" onClick={() => void list.refresh()}>
            Try again
          </Button>
        </Callout>
      </div>
    );
  if (!found) return <Skeleton lines={6} />;
  if (found.total === 0 && !isFiltered(filter))
    return (
      <>
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
        {importDialog}
      </>
    );
  return (
    <div className="toollist">
      <Filters list={list} filter={filter} tags={found.tags} />
      {found.items.length === 0 ? (
        <p className="dim sm toolnone">No tool fits. Search by what it does, not only by its name.</p>
      ) : (
        <Found items={found.items} />
      )}
      {found.has_more && (
        <p className="dim sm toolnone">
          {found.total.toLocaleString('en')} tools: the first {found.items.length} are shown. Search for
          others.
        </p>
      )}
      {importDialog}
    </div>
  );
}

function Filters({
  list,
  filter,
  tags,
}: {
  list: ToolList;
  filter: ToolFilter;
  tags: readonly { tag: string; count: number }[];
}) {
  const known =
    filter.tag && !tags.some(({ tag }) => tag === filter.tag) ? [{ tag: filter.tag, count: 0 }] : [];
  return (
    <div className="toolfilter">
      <Input
        small
        icon="codicon:search"
        aria-label="Find tools"
        placeholder="Search by name or meaning"
        value={filter.text}
        onChange={(event) => list.search({ text: event.target.value })}
      />
      <div className="toolfilters">
        <Select
          small
          aria-label="Origin"
          options={origins}
          value={filter.origin}
          onChange={(event) => list.search({ origin: event.currentTarget.value as ToolFilter['origin'] })}
        />
        <Select
          small
          aria-label="Tag"
          disabled={tags.length === 0 && filter.tag === ''}
          options={[
            { value: '', title: tags.length === 0 ? 'No tags' : 'All tags' },
            ...[...known, ...tags].map(({ tag, count }) => ({ value: tag, title: `${tag} (${count})` })),
          ]}
          value={filter.tag}
          onChange={(event) => list.search({ tag: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}

function Found({ items: found }: { items: readonly CatalogEntry[] }) {
  const { editors, deletions } = usePlatform();
  const hidden = useReadable(deletions);
  const items = found.filter((tool) => !hidden.has(resourceKey(documentOf(tool))));
  const active = useActiveDocument()?.resource;
  const isActive = (tool: CatalogEntry) => {
    const { kind, id } = documentOf(tool);
    return active?.kind === kind && active.id === id;
  };
  return (
    <List
      label="Tools"
      tall
      items={items}
      idOf={(tool) => tool.name}
      selected={items.find(isActive)?.name}
      onSelect={() => undefined}
      onOpen={(tool) => void editors.open(documentOf(tool), { preview: true })}
      render={(tool) => <ToolRow tool={tool} />}
    />
  );
}

function ToolRow({ tool }: { tool: CatalogEntry }) {
  const origin = originOf(tool);
  const state = stateWords[tool.state];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a shortcut; the canvas has its own way to place a tool
    <span
      className="toolrow"
      draggable
      title={[tool.description, tool.tags.join(', ')].filter(Boolean).join('\n')}
      onDragStart={(event) =>
        writeResource(event.dataTransfer, { kind: 'tool', id: tool.id, name: tool.name })
      }
    >
      <KindBadge kind="tool" icon={origin.icon} />
      <span className="toollines">
        <span className="toolline">
          <span className="ellipsis">{tool.name}</span>
          {tool.state !== 'ready' && (
            <span
              className={`c-${state.state} stateicon`}
              role="img"
              aria-label={state.word}
              title={`${state.word}: ${state.means}`}
            >
              <Icon name={state.icon} size={14} />
            </span>
          )}
          <span className="toolversion">
            {tool.origin.kind === 'saved' ? `v${tool.version}` : origin.word}
          </span>
        </span>
        <span className="toolline dim sm">
          <span className="ellipsis">{tool.description}</span>
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

import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Table } from '../../../ui/Table.tsx';
import type { Listed, ServerDocument } from '../serverDocument.ts';

/** What the server offers to read. */
export function ResourcesSide({ document }: { document: ServerDocument }) {
  const { resources } = useStore(document.view);
  return (
    <Read listed={resources} empty="The server lists no resources.">
      {(items) => (
        <Table
          label="Resources"
          rows={items}
          idOf={({ uri }) => uri}
          onOpen={({ uri, template }) =>
            document.try(template ? 'resources/templates/list' : 'resources/read', template ? {} : { uri })
          }
          columns={[
            {
              id: 'name',
              title: 'Resource',
              render: ({ name, title, description }) => (
                <span className="mcplines">
                  <span className="strong ellipsis">{title ?? name}</span>
                  {description && <span className="dim sm ellipsis mcpwide">{description}</span>}
                </span>
              ),
            },
            {
              id: 'uri',
              title: 'Address',
              render: ({ uri, template }) => (
                <span className="mono sm" title={template ? 'With places to fill in' : undefined}>
                  {uri}
                </span>
              ),
            },
            {
              id: 'type',
              title: 'Type',
              render: ({ mimeType }) => <span className="dim sm">{mimeType ?? ''}</span>,
            },
          ]}
        />
      )}
    </Read>
  );
}

/** Texts the server has for models, with what they ask to be filled in. */
export function PromptsSide({ document }: { document: ServerDocument }) {
  const { prompts } = useStore(document.view);
  return (
    <Read listed={prompts} empty="The server lists no prompts.">
      {(items) => (
        <Table
          label="Prompts"
          rows={items}
          idOf={({ name }) => name}
          onOpen={({ name, arguments: asked }) =>
            document.try('prompts/get', {
              name,
              arguments: Object.fromEntries(
                asked.filter(({ required }) => required).map((each) => [each.name, '']),
              ),
            })
          }
          columns={[
            {
              id: 'name',
              title: 'Prompt',
              render: ({ name, title, description }) => (
                <span className="mcplines">
                  <span className="strong ellipsis">{title ?? name}</span>
                  {description && <span className="dim sm ellipsis mcpwide">{description}</span>}
                </span>
              ),
            },
            {
              id: 'arguments',
              title: 'Asks for',
              render: ({ arguments: asked }) => (
                <span className="mono sm">
                  {asked.map(({ name, required }) => (required ? name : `${name}?`)).join(', ') || (
                    <span className="dim">nothing</span>
                  )}
                </span>
              ),
            },
            {
              id: 'try',
              title: '',
              render: () => (
                <Button size="sm" look="ghost">
                  Try
                </Button>
              ),
            },
          ]}
        />
      )}
    </Read>
  );
}

function Read<T>({
  listed: { items, failure },
  empty,
  children,
}: {
  listed: Listed<T>;
  empty: string;
  children(items: readonly T[]): ReactNode;
}) {
  if (failure) {
    return (
      <div className="pad">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  }
  if (!items) return <Skeleton lines={6} />;
  if (items.length === 0) {
    return (
      <EmptyState icon="codicon:inbox" title="Nothing here">
        {empty}
      </EmptyState>
    );
  }
  return <div className="mcplisted scroll">{children(items)}</div>;
}

import './ProblemsList.css';
import { useMemo, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { type Resource, resourceKey } from '../../../platform/documents.ts';
import type { Problem, Severity } from '../../../platform/problems.ts';
import { CountBadge } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';

type Filter = StoreApi<{ text: string }>;

const icons = { error: 'codicon:error', warning: 'codicon:warning', info: 'codicon:info' } as const;
const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

type Row =
  | { id: string; resource: Resource; title: string; count: number; closed: boolean }
  | { id: string; resource: Resource; problem: Problem };

export function ProblemsFilter({ filter }: { filter: Filter }) {
  const { text } = useReadable(filter);
  return (
    <Input
      small
      className="problems-filter hide-narrow"
      icon="codicon:filter"
      aria-label="Filter problems"
      placeholder="Filter, e.g. feel"
      value={text}
      onChange={(event) => filter.setState({ text: event.target.value })}
    />
  );
}

export function ProblemsList({ filter }: { filter: Filter }) {
  const { problems, editors, documentKinds } = usePlatform();
  const all = useReadable(problems);
  const { text } = useReadable(filter);
  const [selected, setSelected] = useState<string>();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return [...all.values()].flatMap(({ resource, title, problems: own }): Row[] => {
      const key = resourceKey(resource);
      const shown = own
        .filter(({ message, code, elementName = '' }) =>
          `${message} ${code} ${elementName} ${title}`.toLowerCase().includes(wanted),
        )
        .sort((a, b) => rank[a.severity] - rank[b.severity]);
      if (shown.length === 0) return [];
      const isClosed = closed.has(key);
      return [
        { id: key, resource, title, count: shown.length, closed: isClosed },
        ...(isClosed
          ? []
          : shown.map((problem, at) => ({ id: `${key} ${at} ${problem.code}`, resource, problem }))),
      ];
    });
  }, [all, text, closed]);

  const open = async (row: Row) => {
    if (!('problem' in row)) {
      const next = new Set(closed);
      if (!next.delete(row.id)) next.add(row.id);
      setClosed(next);
      return;
    }
    const { elementId, path, line, column, offset } = row.problem;
    await editors.open(row.resource);
    if (problems.reveal(row.resource, row.problem)) return;
    editors.model(row.resource)?.reveal?.({
      ...(elementId !== undefined && { elementId }),
      ...(path !== undefined && { path }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(offset !== undefined && { offset }),
    });
  };

  if (rows.length === 0) {
    return text.trim() && all.size > 0 ? (
      <EmptyState icon="codicon:filter" title="No problem matches the filter" />
    ) : (
      <EmptyState icon="codicon:pass" title="No problems">
        Problems of the documents you edit are listed here, one click from their place.
      </EmptyState>
    );
  }
  return (
    <List<Row>
      label="Problems"
      items={rows}
      idOf={(row) => row.id}
      selected={selected}
      onSelect={(row) => setSelected(row.id)}
      onOpen={(row) => void open(row)}
      render={(row) => {
        if (!('problem' in row)) {
          const kind = documentKinds.get(row.resource.kind);
          return (
            <>
              <Icon name={row.closed ? 'codicon:chevron-right' : 'codicon:chevron-down'} size={14} />
              {kind && <Icon name={kind.icon} kind="process" />}
              <span>{row.title}</span>
              {kind?.folder && <span className="dim sm">{kind.folder}</span>}
              <CountBadge count={row.count} />
            </>
          );
        }
        const { severity, message, code, elementName, line, column, fix } = row.problem;
        return (
          <span className="problem" title={message}>
            <Icon name={icons[severity]} className={`severity-${severity}`} />
            <span className="ellipsis">{message}</span>
            <span className="dim sm nowrap">{code}</span>
            <span className="dim sm nowrap">
              {elementName ??
                (line !== undefined ? `[Ln ${line}${column === undefined ? '' : `, Col ${column}`}]` : '')}
            </span>
            {fix && (
              <button
                type="button"
                className="quickfix sm"
                onClick={(event) => {
                  event.stopPropagation();
                  fix.run();
                }}
              >
                <Icon name="codicon:lightbulb" size={14} />
                {fix.title}
              </button>
            )}
          </span>
        );
      }}
    />
  );
}

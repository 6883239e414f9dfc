import { useState } from 'react';
import { useStore } from 'zustand';
import { CountBadge } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Input } from '../../../ui/Input.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { preciseTime } from '../../../ui/time.ts';
import type { RunDocument } from '../runDocument.ts';
import { IncidentCard } from './IncidentCard.tsx';

type Tab = 'variables' | 'history' | 'incidents';

/** Variables, history and incidents of a run, narrowed by a text and by the element chosen on the diagram. */
export function RunDetails({ document }: { document: RunDocument }) {
  const [tab, setTab] = useState<Tab>('variables');
  const [text, setText] = useState('');
  const { incidents } = useStore(document.view);
  const open = incidents.filter((incident) => incident.state === 'ACTIVE').length;
  return (
    <section className="rundetails" aria-label="Details of the run">
      <div className="rundetailshead">
        <Tabs<Tab>
          label="Details"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'variables', title: 'Variables' },
            { value: 'history', title: 'History' },
            { value: 'incidents', title: <>Incidents {open > 0 && <CountBadge count={open} />}</> },
          ]}
        />
        {tab !== 'incidents' && (
          <Input
            small
            icon="codicon:filter"
            aria-label={`Filter ${tab}`}
            placeholder={`Filter ${tab}`}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </div>
      <div className="scroll grow">
        {tab === 'variables' && <Variables document={document} text={text} />}
        {tab === 'history' && <History document={document} text={text} />}
        {tab === 'incidents' && <Incidents document={document} />}
      </div>
    </section>
  );
}

function Variables({ document, text }: { document: RunDocument; text: string }) {
  const { variables, elementId, instance, elements } = useStore(document.view);
  if (!variables) return <Skeleton lines={4} />;
  const rows = variables.filter(
    (row) =>
      row.name.toLowerCase().includes(text.toLowerCase()) &&
      (!elementId || row.scopeElementId === elementId || row.scopeKey === instance.key),
  );
  if (rows.length === 0)
    return (
      <EmptyState icon="codicon:symbol-variable" title="No variables">
        Nothing was written yet.
      </EmptyState>
    );
  const scope = (id: string, key: string) =>
    key === instance.key
      ? instance.processName || id
      : elements.find((element) => element.elementId === id)?.elementName || id;
  return (
    <Table
      label="Variables"
      dense
      rows={rows}
      idOf={(row) => `${row.scopeKey}/${row.name}`}
      columns={[
        {
          id: 'name',
          title: 'Name',
          width: '18%',
          render: (row) => <span className="mono variablename">{row.name}</span>,
        },
        { id: 'value', title: 'Value', render: (row) => <JsonView inline value={row.value} /> },
        {
          id: 'scope',
          title: 'Scope',
          width: '22%',
          render: (row) => <span className="dim">{scope(row.scopeElementId, row.scopeKey)}</span>,
        },
      ]}
    />
  );
}

function History({ document, text }: { document: RunDocument; text: string }) {
  const { history, elementId } = useStore(document.view);
  if (!history) return <Skeleton lines={4} />;
  const wanted = text.toLowerCase();
  const rows = history.filter(
    (row) =>
      (!elementId || row.elementId === elementId) &&
      (wanted === '' || `${row.valueType} ${row.intent} ${row.elementId}`.toLowerCase().includes(wanted)),
  );
  if (rows.length === 0)
    return (
      <EmptyState icon="codicon:history" title="No records">
        No record fits the filter.
      </EmptyState>
    );
  return (
    <Table
      label="History"
      dense
      rows={rows}
      idOf={(row) => String(row.position)}
      columns={[
        { id: 'position', title: 'Record', numeric: true, width: '72px', render: (row) => row.position },
        {
          id: 'time',
          title: 'Time',
          width: '90px',
          render: (row) => <span className="mono">{preciseTime(row.timestamp)}</span>,
        },
        {
          id: 'what',
          title: 'What',
          width: '34%',
          render: (row) => <span className="mono">{`${row.valueType.toLowerCase()} · ${row.intent}`}</span>,
        },
        { id: 'element', title: 'Element', width: '22%', render: (row) => row.elementId },
        { id: 'value', title: 'Value', render: (row) => <JsonView inline value={row.value} /> },
      ]}
    />
  );
}

function Incidents({ document }: { document: RunDocument }) {
  const { incidents } = useStore(document.view);
  if (incidents.length === 0) {
    return (
      <EmptyState icon="codicon:pass" title="No incidents">
        Nothing stopped this run.
      </EmptyState>
    );
  }
  return (
    <div className="incidentlist">
      {incidents.map((incident) => (
        <IncidentCard key={incident.key} incident={incident} document={document} />
      ))}
    </div>
  );
}

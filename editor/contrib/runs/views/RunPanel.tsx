import { StatePill } from '../../../ui/Badge.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Table } from '../../../ui/Table.tsx';
import { duration, exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { runState } from '../runState.ts';
import type { Runs } from '../runsStore.ts';

const shown = 30;

/** The latest runs below the editor, to watch while drawing. */
export function RunPanel({ runs }: { runs: Runs }) {
  const platform = usePlatform();
  const { items } = useReadable(runs);
  if (!items || items.length === 0) {
    return (
      <EmptyState icon="runs" title="No runs yet">
        Press F5 in a workflow to start one.
      </EmptyState>
    );
  }
  return (
    <div className="scroll grow">
      <Table
        label="Latest runs"
        dense
        rows={items.slice(0, shown)}
        idOf={(run) => run.key}
        onOpen={(run) =>
          void platform.editors.open({ kind: 'run', id: run.key, name: run.processName }, { preview: true })
        }
        columns={[
          {
            id: 'state',
            title: 'State',
            width: '120px',
            render: (run) => <StatePill state={runState(run)} plain />,
          },
          {
            id: 'process',
            title: 'Process',
            render: (run) => `${run.processName || run.bpmnProcessId} v${run.version}`,
          },
          { id: 'key', title: 'Key', render: (run) => <span className="mono">{run.key}</span> },
          {
            id: 'started',
            title: 'Started',
            render: (run) => (
              <span title={exactTime(run.startedAt)}>
                {relativeTime(run.startedAt, platform.clock.now())}
              </span>
            ),
          },
          {
            id: 'duration',
            title: 'Duration',
            numeric: true,
            render: (run) =>
              run.endedAt ? duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : '…',
          },
        ]}
      />
    </div>
  );
}

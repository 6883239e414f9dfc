import './runs.css';
import type { Instance } from '@baton/gateway/api';
import { useState } from 'react';
import { StateIcon } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { useActiveDocument, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { runState } from '../runState.ts';
import type { Runs } from '../runsStore.ts';

/** The side bar of runs, newest first. */
export function RunsList({ runs }: { runs: Runs }) {
  const platform = usePlatform();
  const { items, total, failure } = useReadable(runs);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
  if (failure) {
    return (
      <div className="viewbody">
        <Callout tone="error">
          {failure.message}{' '}
          <Button size="sm" onClick={() => void runs.refresh()}>
            Try again
          </Button>
        </Callout>
      </div>
    );
  }
  if (!items) return <Skeleton lines={6} />;
  if (items.length === 0) {
    return (
      <EmptyState icon="runs" title="No runs yet">
        A run is one passage through a workflow. Open a workflow and press F5.
      </EmptyState>
    );
  }
  const shown = items.filter((run) => matches(run, text));
  return (
    <div className="listview">
      <div className="listfilter">
        <Input
          small
          icon="codicon:search"
          aria-label="Find runs"
          placeholder="Name or key"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <List
        label="Runs"
        tall
        items={shown}
        idOf={(run) => run.key}
        selected={active?.kind === 'run' ? active.id : undefined}
        onSelect={() => undefined}
        onOpen={(run) =>
          void platform.editors.open({ kind: 'run', id: run.key, name: run.processName }, { preview: true })
        }
        render={(run) => (
          <>
            <StateIcon state={runState(run)} />
            <span className="lines">
              <span className="line">
                <span className="ellipsis">{run.processName || run.bpmnProcessId}</span>
                <span className="end" title={exactTime(run.startedAt)}>
                  {relativeTime(run.startedAt, platform.clock.now())}
                </span>
              </span>
              <span className="line dim sm">
                <span className="mono">…{run.key.slice(-5)}</span>
                <span className="end">v{run.version}</span>
              </span>
            </span>
          </>
        )}
      />
      <div className="listfoot">
        <span className="dim">
          {shown.length} of {total}
        </span>
        {items.length < total && (
          <Button look="ghost" size="sm" onClick={() => void runs.more()}>
            Show more
          </Button>
        )}
      </div>
    </div>
  );
}

export function RunsActions({ runs }: { runs: Runs }) {
  return <IconButton icon="codicon:refresh" label="Refresh" onClick={() => void runs.refresh()} />;
}

function matches(run: Instance, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || run.processName.toLowerCase().includes(wanted) || run.key.includes(wanted);
}

import type { AgentRuntime } from '@baton/gateway/api';
import type { IconName } from '../../../platform/icons.ts';
import { StatePill } from '../../../ui/Badge.tsx';
import { counted } from '../../../ui/figures.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';

/** Whether the agent runs, idles or is stopped, with the switch for it. */
export function RuntimeNote({ document }: { document: AgentDocument }) {
  const { runtime, busy } = useReadable(document.runtime);
  const { notifications } = document.platform;
  if (!runtime) return null;
  const { state, runs, stopped, lastCrash } = runtime;
  return (
    <span className="runtimenote">
      <span title={details(runtime)} role="status">
        {state === 'idle' ? (
          <span className="chip outline">Idle</span>
        ) : (
          <StatePill state={state === 'running' ? 'running' : 'cancelled'}>
            {state === 'running'
              ? counted(runs.length, 'run')
              : `Stopped${stopped ? ` by ${stopped.by}` : ''}`}
          </StatePill>
        )}
      </span>
      {lastCrash && (
        <IconButton
          small
          className="c-incident"
          icon="codicon:warning"
          label={`Crashed ${exactTime(lastCrash.at)}`}
          onClick={() => notifications.failure(lastCrash)}
        />
      )}
      {document.writable &&
        switches(state).map(({ icon, label, does, possible }) => (
          <IconButton
            key={does}
            small
            icon={icon}
            label={label}
            disabled={busy !== undefined || !possible}
            onClick={() => void document.runtime[does]()}
          />
        ))}
    </span>
  );
}

interface Switch {
  does: 'start' | 'stop' | 'restart';
  icon: IconName;
  label: string;
  possible: boolean;
}

function switches(state: AgentRuntime['state']): readonly Switch[] {
  const stopped = state === 'stopped';
  return [
    stopped
      ? { does: 'start', icon: 'codicon:play', label: 'Start agent', possible: true }
      : {
          does: 'stop',
          icon: 'codicon:debug-stop',
          label: 'Stop agent: its jobs wait, its runs are refused',
          possible: true,
        },
    {
      does: 'restart',
      icon: 'codicon:debug-restart',
      label: 'Restart agent in a new thread',
      possible: !stopped,
    },
  ];
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** What the pill has no room for. */
function details({ thread, restarts, stopped }: AgentRuntime): string {
  return [
    stopped && `Stopped by ${stopped.by}, ${exactTime(stopped.at)}`,
    thread
      ? `${thread.shared ? 'Shared thread' : 'Own thread'}, ${megabytes(thread.memory)} of ${megabytes(thread.limit)}`
      : 'No thread while there is nothing to do',
    restarts > 0 && counted(restarts, 'restart'),
  ]
    .filter(Boolean)
    .join('\n');
}

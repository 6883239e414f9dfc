import { useStore } from 'zustand';
import { StateIcon } from '../../../ui/Badge.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { money } from '../../../ui/figures.ts';
import { List } from '../../../ui/List.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { duration, exactTime, relativeTime } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { AgentDocument } from '../agentDocument.ts';
import { tokensOf } from '../chat/turn.ts';
import { TurnView } from './ChatTurn.tsx';
import { Trace } from './Trace.tsx';

/** Runs of the agent on its own, newest first; one of them in full. */
export function EarlierRuns({ document }: { document: AgentDocument }) {
  const { chat, platform } = document;
  const { history, earlier } = useReadable(chat);
  const name = useStore(document.view, (view) => view.saved.name);
  const now = platform.clock.now();
  const failure = earlier ? earlier.failure : history?.failure;
  if (failure)
    return (
      <div className="chatpad">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  if (earlier) {
    const { turn, run } = earlier;
    if (!turn) return <Skeleton lines={6} />;
    return (
      <>
        <div className="turns scroll">
          <TurnView turn={turn} name={name} document={document} />
        </div>
        <div className="chatfoot">
          <div className="chatfigures xs dim">
            <span>{run.agent.version === 0 ? 'draft' : `v${run.agent.version}`}</span>
            <span>·</span>
            <span>
              {turn.loops} {turn.loops === 1 ? 'loop' : 'loops'}
            </span>
            <span>·</span>
            <span>{tokensOf(turn.usage).toLocaleString('en')} tokens</span>
            <span>·</span>
            <span className="c-cost">{money(turn.usage.cost)}</span>
            <span className="grow" />
            <span className="ellipsis" title={`${run.provider}/${run.model}`}>
              {run.model}
            </span>
            <Trace run={run.id} document={document} />
          </div>
        </div>
      </>
    );
  }
  if (!history?.runs) return <Skeleton lines={6} />;
  if (history.runs.length === 0)
    return (
      <EmptyState icon="codicon:history" title="No runs yet">
        Every run of this agent on its own is kept here: what was asked, what it called and what it cost.
      </EmptyState>
    );
  return (
    <List
      label="Earlier runs"
      tall
      items={history.runs}
      idOf={(run) => run.id}
      selected={undefined}
      onSelect={(run) => void chat.showEarlier(run)}
      render={(run) => (
        <span className="earlierrun">
          <StateIcon state={run.status === 'failed' ? 'incident' : run.status} />
          <span className="agentlines">
            <span className="agentline">
              <span className="ellipsis">{run.prompt || 'Values only'}</span>
              <span className="dim sm" title={exactTime(run.startedAt)}>
                {relativeTime(run.startedAt, now)}
              </span>
            </span>
            <span className="dim sm ellipsis">
              {run.agent.version === 0 ? 'draft' : `v${run.agent.version}`} · {duration(run.duration)} ·{' '}
              {tokensOf(run.usage).toLocaleString('en')} tokens · {money(run.usage.cost)}
            </span>
          </span>
        </span>
      )}
    />
  );
}

import './runs.css';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { KindBadge, StatePill } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { money, whole } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { JsonView } from '../../../ui/JsonView.tsx';
import { duration, exactTime, preciseTime } from '../../../ui/time.ts';
import { type AgentRunDocument, stateOfAgentRun } from '../agentRunDocument.ts';
import { budgetOf, isContext } from '../budget.ts';
import { tokensOf, tokenWords } from '../loops.ts';
import { plainText } from '../modelCall.ts';
import type { Replays } from '../replays.ts';
import { AtEnd } from './AtEnd.tsx';
import { FailureCard } from './FailureCard.tsx';
import { GrantForm } from './GrantForm.tsx';
import { contextHint } from './IncidentCard.tsx';
import { Loops } from './Loops.tsx';
import { Message } from './Message.tsx';
import { ReplayView } from './ReplayView.tsx';

/** A run of an agent on its own: what was asked, every loop, and what came of it. */
export function AgentRunEditor({
  document,
  replays,
}: DocumentProps<AgentRunDocument> & { replays: Replays }) {
  const { run } = useStore(document.view);
  const { commands } = document.platform;
  return (
    <div className="runeditor">
      <Head document={document} />
      <ReplayView id={run.id} replays={replays} />
      <AtEnd className="conversation agentrun scroll" of={`${run.steps.length}/${run.status}`}>
        <Loops
          steps={run.steps}
          fork={
            commands.enabled('runs.fork') ? (loop) => void commands.run('runs.fork', run.id, loop) : undefined
          }
        />
        <Outcome document={document} />
      </AtEnd>
    </div>
  );
}

function Head({ document }: { document: AgentRunDocument }) {
  const { platform } = document;
  const { commands } = platform;
  const { run, busy } = useStore(document.view);
  const { agent, usage } = run;
  return (
    <>
      <div className="pagehead dochead">
        <span role="status">
          <StatePill state={stateOfAgentRun(run)}>{run.status === 'failed' ? 'Failed' : undefined}</StatePill>
        </span>
        <h1 className="doctitle ellipsis">{run.prompt || agent.name}</h1>
        <span className="grow" />
        {run.status !== 'running' && commands.enabled('runs.replay') && (
          <Button
            size="sm"
            icon="codicon:debug-rerun"
            onClick={() => void commands.run('runs.replay', run.id)}
          >
            Replay
          </Button>
        )}
        {run.steps.length > 0 && commands.enabled('runs.fork') && (
          <Button size="sm" icon="codicon:repo-forked" onClick={() => void commands.run('runs.fork', run.id)}>
            Fork…
          </Button>
        )}
        {run.status === 'running' && platform.me.permissions.includes('agents:run') && (
          <Button size="sm" look="ghost" busy={busy === 'cancelling'} onClick={() => void document.cancel()}>
            Cancel run
          </Button>
        )}
      </div>
      <dl className="runfacts">
        <div>
          <dt>Agent</dt>
          <dd>
            <button
              type="button"
              className="link"
              onClick={() => void platform.editors.open({ kind: 'agent', id: agent.id, name: agent.name })}
            >
              {agent.name} {agent.version > 0 ? `v${agent.version}` : 'draft'}
            </button>
          </dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd className="mono">
            {run.provider}/{run.model}
          </dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd title={exactTime(run.startedAt)}>{preciseTime(run.startedAt)}</dd>
        </div>
        {run.status !== 'running' && (
          <div>
            <dt>Duration</dt>
            <dd>{duration(run.duration)}</dd>
          </div>
        )}
        <div>
          <dt>Tokens</dt>
          <dd title={tokenWords(usage)}>{whole(tokensOf(usage))}</dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd className="c-cost">{money(usage.cost)}</dd>
        </div>
        {run.forkOf && (
          <div>
            <dt>Fork</dt>
            <dd>
              <button
                type="button"
                className="link"
                onClick={() => void platform.editors.open({ kind: 'fork', id: `~${run.id}` })}
              >
                Compare with the recorded run
              </button>
            </dd>
          </div>
        )}
        <div>
          <dt>By</dt>
          <dd>{run.by}</dd>
        </div>
      </dl>
    </>
  );
}

/** What came of it: the answer, or why there is none and how it can go on. */
function Outcome({ document }: { document: AgentRunDocument }) {
  const { run, grants, limits, busy } = useStore(document.view);
  const { error, output, steps } = run;
  const mayGrant = document.platform.me.permissions.includes('incidents:resolve');
  if (error)
    return (
      <FailureCard cause={error} when={exactTime(run.startedAt)}>
        {isContext(error.message) && <p className="dim">{contextHint}</p>}
        {error.code === 'BUDGET_EXCEEDED' && !isContext(error.message) && (
          <GrantForm
            budget={budgetOf(steps, limits, grants, error.message)}
            busy={busy === 'continuing'}
            give={mayGrant ? (amounts) => void document.goOn(amounts) : undefined}
          />
        )}
        {error.code === 'QUOTA_EXCEEDED' && (
          <>
            <p className="dim">An admin of the tenant can raise the quota. Then the run goes on from here.</p>
            {mayGrant && (
              <Button
                look="primary"
                size="sm"
                busy={busy === 'continuing'}
                onClick={() => void document.goOn(undefined)}
              >
                Go on
              </Button>
            )}
          </>
        )}
      </FailureCard>
    );
  // An answer in text stands in the last loop already.
  if (run.status !== 'completed' || output === null || plainText(output) !== undefined) return null;
  return (
    <section aria-label="Result">
      <div className="loop">
        <span className="pressablerow loophead">
          <Icon name="codicon:pass" size={14} />
          <b>Result</b>
        </span>
      </div>
      <Message icon={<KindBadge kind="task" />} who={run.task?.name ?? 'Answer'} time="">
        <JsonView value={output} />
      </Message>
    </section>
  );
}

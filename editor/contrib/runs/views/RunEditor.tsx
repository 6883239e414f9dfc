import './runs.css';
import { workflowRoutes } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { StatePill } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { DiagramHost } from '../../../ui/diagram/DiagramHost.tsx';
import { money, whole } from '../../../ui/figures.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { SplitView } from '../../../ui/SplitView.tsx';
import { duration, exactTime, preciseTime } from '../../../ui/time.ts';
import { causeOf, failureTitle } from '../failureWords.ts';
import { tokensOf, tokenWords, usageOf } from '../loops.ts';
import type { Replays } from '../replays.ts';
import { type RunDocument, stateOfRun } from '../runDocument.ts';
import { Conversation } from './Conversation.tsx';
import { RunDetails } from './RunDetails.tsx';

export function RunEditor({ document, replays }: DocumentProps<RunDocument> & { replays: Replays }) {
  return (
    <div className="runeditor">
      <RunHead document={document} />
      <SplitView
        direction="vertical"
        panes={[
          {
            id: 'top',
            min: 160,
            content: (
              <SplitView
                direction="horizontal"
                panes={[
                  { id: 'diagram', min: 240, content: <DiagramHost diagram={document.viewer} /> },
                  {
                    id: 'conversation',
                    size: 360,
                    min: 240,
                    content: <Conversation document={document} replays={replays} />,
                  },
                ]}
              />
            ),
          },
          { id: 'details', size: '36%' as const, min: 100, content: <RunDetails document={document} /> },
        ]}
      />
    </div>
  );
}

function RunHead({ document }: { document: RunDocument }) {
  const { platform } = document;
  const view = useStore(document.view);
  const { instance, incidents, busy, elements, calls = [] } = view;
  const usage = usageOf(calls);
  const state = stateOfRun(view);
  const open = incidents.find((incident) => incident.state === 'ACTIVE');
  const now = useNow(document, instance.state === 'ACTIVE');
  const may = (permission: 'incidents:resolve' | 'instances:cancel') =>
    platform.me.permissions.includes(permission);
  const waiting = elements.filter(
    (element) => element.state === 'ACTIVE' && element.elementType === 'USER_TASK',
  );
  return (
    <>
      <div className="pagehead dochead">
        <span role="status">
          <StatePill state={state} />
        </span>
        <h1 className="doctitle ellipsis">{instance.processName || instance.bpmnProcessId}</h1>
        <span className="mono dim">{instance.key}</span>
        <IconButton
          icon="codicon:copy"
          label="Copy key"
          onClick={() =>
            void navigator.clipboard
              .writeText(instance.key)
              .then(() => platform.notifications.info('The key is copied.'))
          }
        />
        <span className="grow" />
        {open && causeOf(open).code !== 'BUDGET_EXCEEDED' && may('incidents:resolve') && (
          <Button
            size="sm"
            look="primary"
            icon="codicon:refresh"
            busy={busy === 'retrying'}
            onClick={() => void document.retry(open)}
          >
            Retry
          </Button>
        )}
        {instance.state === 'ACTIVE' && may('instances:cancel') && (
          <Button size="sm" look="ghost" busy={busy === 'cancelling'} onClick={() => void document.cancel()}>
            Cancel run
          </Button>
        )}
      </div>
      <dl className="runfacts">
        <div>
          <dt>Process</dt>
          <dd>
            <button type="button" className="link" onClick={() => void openWorkflow(document)}>
              {instance.processName || instance.bpmnProcessId} v{instance.version}
            </button>
          </dd>
        </div>
        <div>
          <dt>Started</dt>
          <dd title={exactTime(instance.startedAt)}>{preciseTime(instance.startedAt)}</dd>
        </div>
        <div>
          <dt>Duration</dt>
          <dd>
            {duration(
              Math.max(
                0,
                (instance.endedAt ? Date.parse(instance.endedAt) : now) - Date.parse(instance.startedAt),
              ),
            )}
          </dd>
        </div>
        {tokensOf(usage) > 0 && (
          <div>
            <dt>Tokens</dt>
            <dd title={tokenWords(usage)}>{whole(tokensOf(usage))}</dd>
          </div>
        )}
        {usage.cost > 0 && (
          <div>
            <dt>Cost</dt>
            <dd className="c-cost">{money(usage.cost)}</dd>
          </div>
        )}
        {waiting.length > 0 && instance.state === 'ACTIVE' && (
          <div>
            <dt>Waits for</dt>
            <dd className="c-waiting">
              {waiting.map((element) => element.elementName || element.elementId).join(', ')}
            </dd>
          </div>
        )}
        {open && (
          <div>
            <dt>Stopped by</dt>
            <dd className="c-incident">{failureTitle(causeOf(open).code)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** The time, every second while something goes on. */
function useNow({ platform }: RunDocument, ticking: boolean): number {
  const [now, setNow] = useState(() => platform.clock.now());
  useEffect(() => {
    if (!ticking) return undefined;
    let timer = platform.timers.after(1000, function tick() {
      setNow(platform.clock.now());
      timer = platform.timers.after(1000, tick);
    });
    return () => timer.dispose();
  }, [platform, ticking]);
  return now;
}

async function openWorkflow({ platform, view }: RunDocument): Promise<void> {
  const { bpmnProcessId } = view.getState().instance;
  const answer = await platform.api.call(workflowRoutes.listWorkflows, { query: { limit: 200 } });
  const workflow = answer.ok
    ? answer.value.items.find((item) => item.bpmnProcessId === bpmnProcessId)
    : undefined;
  if (workflow) await platform.editors.open({ kind: 'workflow', id: workflow.id, name: workflow.name });
  else
    platform.notifications.warning(
      `Expected a workflow with the process ${bpmnProcessId}, but there is none any more.`,
    );
}

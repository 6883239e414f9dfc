import { ok, type Result } from '@baton/engine/protocol';
import {
  type AgentContent,
  type AgentRunWithSteps,
  type BudgetGrantView,
  budgetRoutes,
  type GrantAmounts,
  runChange,
  table,
} from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { disposeAll } from '../../base/disposable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { DocumentModel, DocumentState, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { State } from '../../ui/Badge.tsx';
import { agentVersion } from './agentVersion.ts';

export interface AgentRunPage {
  run: AgentRunWithSteps;
  /** What it was given beyond its limits. */
  grants: readonly BudgetGrantView[];
  /** Of the agent as it ran; `undefined` while not read, of a draft, or where the agent is gone. */
  limits: AgentContent['limits'] | undefined;
  busy: 'continuing' | 'cancelling' | undefined;
}

export interface AgentRunDocument extends DocumentModel {
  readonly platform: Platform;
  readonly view: StoreApi<AgentRunPage>;
  /** Goes on with a run that stopped at a limit or a quota, with more or without. */
  goOn(amounts: GrantAmounts | undefined): Promise<void>;
  cancel(): Promise<void>;
  refresh(): Promise<void>;
}

/** Calls that arrive within this many ms are answered by one reading. */
const together = 200;

/** A run of an agent on its own. */
export async function openAgentRunDocument(
  platform: Platform,
  resource: Resource,
): Promise<Result<AgentRunDocument, Failure>> {
  const { api, live, timers, notifications } = platform;
  const params = { id: resource.id };
  const read = await api.call(table.agentRuns.get, { params });
  if (!read.ok) return read;
  const view = createStore<AgentRunPage>(() => ({
    run: read.value,
    grants: [],
    limits: undefined,
    busy: undefined,
  }));
  const state = createStore<DocumentState>(() => ({
    title: `Run of ${read.value.agent.name}`,
    dirty: false,
  }));
  let disposed = false;

  async function refresh() {
    const answer = await api.call(table.agentRuns.get, { params });
    if (disposed || !answer.ok) return;
    view.setState({ run: answer.value });
    await readBudget();
  }
  async function readBudget() {
    const { run, limits } = view.getState();
    if (run.error?.code !== 'BUDGET_EXCEEDED') return;
    const grants = await api.call(budgetRoutes.ofAgentRun, { params });
    if (grants.ok && !disposed) view.setState({ grants: grants.value.items });
    if (limits || run.agent.version === 0) return;
    const found = await agentVersion(api, run.agent.name, run.agent.version);
    if (found && !disposed) view.setState({ limits: found.content.limits });
  }
  const { soon, dispose: stopWaiting } = coalesced(timers, together, () => void refresh());
  const goesOn = () => {
    const { run, busy } = view.getState();
    return run.status === 'running' || busy !== undefined;
  };
  const following = disposeAll(
    live.subscribeTopic('runs', {
      event(data) {
        const change = runChange.safeParse(data);
        if (change.success && change.data.id === resource.id) soon();
      },
      reset: soon,
    }),
    live.subscribeTopic('calls', { event: () => goesOn() && soon(), reset: soon }),
  );
  void readBudget();

  async function act<T>(busy: AgentRunPage['busy'], action: () => Promise<Result<T, Failure>>, done: string) {
    view.setState({ busy });
    const answer = await action();
    if (disposed) return;
    view.setState({ busy: undefined });
    await refresh();
    if (answer.ok) notifications.success(done);
    // Why it stopped again stands on the page.
    else if (view.getState().run.error?.code !== answer.failure.code) notifications.failure(answer.failure);
  }

  return ok({
    platform,
    resource,
    state,
    view,
    refresh,
    goOn: (grant) =>
      act(
        'continuing',
        () => api.call(budgetRoutes.continueAgentRun, { params, body: grant ? { grant } : {} }),
        `${read.value.agent.name} came to its end.`,
      ),
    cancel: () =>
      act('cancelling', () => api.call(table.agentRuns.cancel, { params }), 'The run is cancelled.'),
    dispose() {
      disposed = true;
      stopWaiting();
      following.dispose();
    },
  });
}

export function stateOfAgentRun({ status }: Pick<AgentRunWithSteps, 'status'>): State {
  return status === 'failed' ? 'incident' : status;
}

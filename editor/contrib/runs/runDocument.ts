import { ok, type Result } from '@baton/engine/protocol';
import {
  type AgentContent,
  type BudgetGrantView,
  budgetRoutes,
  type Call,
  deploymentRoutes,
  type ElementInstance,
  type GrantAmounts,
  type HistoryRecord,
  historyRecord,
  type Incident,
  type Instance,
  instanceRoutes,
  type Variable,
} from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { disposeAll } from '../../base/disposable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { DocumentModel, DocumentState, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { DiagramViewer } from '../../ui/diagram/viewer.ts';
import { agentVersion } from './agentVersion.ts';
import { causeOf } from './failureWords.ts';
import { runState, tokenCounts } from './runState.ts';

export interface RunView {
  instance: Instance;
  elements: readonly ElementInstance[];
  takenFlows: readonly string[];
  variables: readonly Variable[] | undefined;
  history: readonly HistoryRecord[] | undefined;
  incidents: readonly Incident[];
  calls: readonly Call[] | undefined;
  /** What its agents were given beyond their limits. */
  grants: readonly BudgetGrantView[];
  /** Limits of its agents, by `name@version`; of those that have reached one. */
  limits: ReadonlyMap<string, AgentContent['limits']>;
  /** Chosen on the diagram: lists show what belongs to it. */
  elementId: string | undefined;
  busy: 'retrying' | 'granting' | 'cancelling' | undefined;
}

export interface RunDocument extends DocumentModel {
  readonly platform: Platform;
  readonly viewer: DiagramViewer;
  readonly view: StoreApi<RunView>;
  retry(incident: Incident): Promise<void>;
  /** Gives the agent that an incident stopped more than its limits, and lets it go on. */
  grant(incident: Incident, amounts: GrantAmounts): Promise<void>;
  cancel(): Promise<void>;
  refresh(): Promise<void>;
}

/** Records that arrive within this many ms are answered by one reading. */
const together = 150;

export async function openRunDocument(
  platform: Platform,
  resource: Resource,
  viewer: DiagramViewer,
): Promise<Result<RunDocument, Failure>> {
  const { api } = platform;
  const params = { key: resource.id };
  const read = await api.call(instanceRoutes.getInstance, { params });
  if (!read.ok) return read;
  const definition = await api.call(deploymentRoutes.getDefinition, {
    params: { key: read.value.processDefinitionKey },
  });
  if (!definition.ok) return definition;
  await viewer.load(definition.value.xml);

  const view = createStore<RunView>(() => ({
    instance: read.value,
    elements: [],
    takenFlows: [],
    variables: undefined,
    history: undefined,
    incidents: [],
    calls: undefined,
    grants: [],
    limits: new Map(),
    elementId: undefined,
    busy: undefined,
  }));
  const state = createStore<DocumentState>(() => ({ title: `Run …${resource.id.slice(-5)}`, dirty: false }));
  let disposed = false;
  let reading: Promise<void> | undefined;
  let again = false;

  async function readAll() {
    const [instance, elements, variables, history, incidents, calls] = await Promise.all([
      api.call(instanceRoutes.getInstance, { params }),
      api.call(instanceRoutes.listElementInstances, { params }),
      api.call(instanceRoutes.listVariables, { params }),
      api.call(instanceRoutes.listHistory, { params, query: { limit: 1000 } }),
      api.call(instanceRoutes.listIncidents, { params }),
      api.call(instanceRoutes.listCalls, { params }),
    ]);
    if (disposed) return;
    view.setState({
      ...(instance.ok && { instance: instance.value }),
      ...(elements.ok && { elements: elements.value.items, takenFlows: elements.value.takenFlows }),
      variables: variables.ok ? variables.value.items : (view.getState().variables ?? []),
      history: history.ok ? history.value.items : (view.getState().history ?? []),
      ...(incidents.ok && { incidents: incidents.value.items }),
      calls: calls.ok ? calls.value.items : (view.getState().calls ?? []),
    });
    drawTokens();
    await readBudgets();
  }

  /** What the agents that reached a limit may use. */
  async function readBudgets() {
    const { incidents, calls = [], limits } = view.getState();
    const stopped = incidents.filter(
      (incident) => incident.state === 'ACTIVE' && causeOf(incident).code === 'BUDGET_EXCEEDED',
    );
    if (stopped.length === 0) return;
    const grants = await api.call(budgetRoutes.ofInstance, { params });
    if (grants.ok && !disposed) view.setState({ grants: grants.value.items });
    for (const { elementInstanceKey } of stopped) {
      const agent = calls.find(
        (call) => call.kind === 'model' && call.elementInstanceKey === elementInstanceKey,
      );
      if (!agent || limits.has(`${agent.name}@${agent.version}`)) continue;
      const found = await agentVersion(api, agent.name, agent.version);
      if (found && !disposed)
        view.setState({
          limits: new Map(view.getState().limits).set(`${agent.name}@${agent.version}`, found.content.limits),
        });
    }
  }

  /** One reading at a time; what happens meanwhile is read afterwards. */
  function refresh(): Promise<void> {
    if (reading) {
      again = true;
      return reading;
    }
    reading = readAll().finally(() => {
      reading = undefined;
      if (again && !disposed) {
        again = false;
        void refresh();
      }
    });
    return reading;
  }

  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void refresh());

  function drawTokens() {
    const { elements, takenFlows } = view.getState();
    const counts = tokenCounts(elements);
    viewer.tokens.show(counts);
    viewer.tokens.path(new Set(takenFlows), new Set(elements.map(({ elementId }) => elementId)), true);
  }

  function receive(data: unknown) {
    const record = historyRecord.safeParse(data);
    if (
      record.success &&
      record.data.intent === 'SEQUENCE_FLOW_TAKEN' &&
      record.data.recordType === 'EVENT'
    ) {
      void viewer.tokens.move(record.data.elementId);
    }
    soon();
  }

  const live = disposeAll(
    platform.live.subscribeTopic(`instance:${resource.id}`, { event: receive, reset: soon }),
    platform.live.subscribeTopic('calls', { event: soon }),
  );
  viewer.onSelected((elementId) =>
    view.setState({
      elementId: elementId === view.getState().instance.bpmnProcessId ? undefined : elementId,
    }),
  );
  void refresh();

  async function act(busy: RunView['busy'], action: () => Promise<Result<unknown, Failure>>, done: string) {
    view.setState({ busy });
    const answer = await action();
    view.setState({ busy: undefined });
    if (answer.ok) platform.notifications.success(done);
    else platform.notifications.failure(answer.failure);
    soon();
  }

  return ok({
    platform,
    resource,
    state,
    viewer,
    view,
    refresh,
    retry: (incident) =>
      act(
        'retrying',
        () =>
          api.call(instanceRoutes.resolveIncident, {
            params: { key: incident.key },
            body: incident.jobKey ? { retries: 1 } : {},
          }),
        `${nameOf(incident.elementId)} is tried again.`,
      ),
    grant: (incident, amounts) =>
      act(
        'granting',
        () => api.call(budgetRoutes.grantToIncident, { params: { key: incident.key }, body: amounts }),
        `${nameOf(incident.elementId)} goes on.`,
      ),
    async cancel() {
      const sure = await platform.dialogs.ask({
        title: 'Cancel this run?',
        message: 'Everything it is doing ends now. A cancelled run cannot be continued; its history stays.',
        actions: [{ id: 'cancel', title: 'Cancel run', danger: true }],
      });
      if (sure === 'cancel') {
        await act(
          'cancelling',
          () => api.call(instanceRoutes.cancelInstance, { params }),
          'The run is cancelled.',
        );
      }
    },
    dispose() {
      disposed = true;
      stopWaiting();
      live.dispose();
      viewer.dispose();
    },
  });

  function nameOf(elementId: string): string {
    return (
      view.getState().elements.find((element) => element.elementId === elementId)?.elementName || elementId
    );
  }
}

/** The state of the run on show. */
export function stateOfRun({ instance, elements }: RunView) {
  return runState(instance, elements);
}

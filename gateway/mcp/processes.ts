import type { EngineClient, InstanceItem, StreamedRecord } from '@baton/engine/client';
import type { DeploymentRecord, DocumentStore, Resource } from '@baton/infra/store';
import type {
  JsonSchema,
  JsonValue,
  McpAnswer,
  McpProcess,
  McpProcesses,
  McpTask,
  McpTaskEvent,
} from '@baton/tools-registry/contract';
import type { WorkflowContent } from '../api/index.ts';
import type { Clock } from '../dependencies.ts';
import type { Quotas } from '../quotas/ports.ts';
import { listLag, type StartedRuns } from '../quotas/runs.ts';
import { refusedByEngine } from '../refusal.ts';
import { instant } from '../resources/instances/service.ts';

export interface McpProcessOptions {
  engine: EngineClient;
  store: Pick<DocumentStore, 'resources' | 'deployments'>;
  quotas: Quotas;
  runs: StartedRuns;
  clock: Clock;
}

/** Deployed processes of all tenants, as tools. */
export interface ProcessesAsTools {
  of(tenantId: string): McpProcesses;
  /** Told when something was deployed in the tenant; @returns the end of it */
  deployed(tenantId: string, heard: () => void): () => void;
  close(): void;
}

/** Workflows asked for at once. */
const pageSize = 200;
/** Ends remembered of runs that were over before anybody asked. */
const mostEnds = 1_000;
/** Start forms kept of deployments. */
const mostForms = 10_000;
/** ms between two looks at a run whose end the engine has told but does not list yet. */
const lookEvery = 50;

const runEnds = new Set(['ELEMENT_COMPLETED', 'ELEMENT_TERMINATED']);
const steps: { [intent: string]: string } = {
  ELEMENT_ACTIVATED: 'started',
  ELEMENT_COMPLETED: 'done',
  ELEMENT_TERMINATED: 'cancelled',
};

export function createProcessesAsTools(options: McpProcessOptions): ProcessesAsTools {
  const { engine, store, quotas, runs, clock } = options;
  const followers = new Map<string, Set<(event: McpTaskEvent) => void>>();
  const deployments = new Map<string, Set<() => void>>();
  const ends = new Set<string>();
  /** Of the version that is deployed, which never changes. */
  const forms = new Map<string, McpProcess | undefined>();

  const unsubscribe = engine.records.subscribe(undefined, (records) => records.forEach(hear));

  function hear(record: StreamedRecord): void {
    const { recordType, valueType, intent, value, tenantId } = record;
    if (recordType !== 'EVENT') return;
    if (valueType === 'DEPLOYMENT' && intent === 'CREATED') {
      for (const heard of deployments.get(tenantId) ?? []) heard();
      return;
    }
    const key = value.processInstanceKey === undefined ? undefined : String(value.processInstanceKey);
    if (key === undefined) return;
    const event = eventOf(record);
    if (!event) return;
    if (event.over && valueType === 'PROCESS_INSTANCE') {
      if (ends.size >= mostEnds) ends.delete(ends.values().next().value as string);
      ends.add(key);
    }
    for (const heard of [...(followers.get(key) ?? [])]) heard(event);
  }

  async function processOf(
    tenantId: string,
    workflow: Resource,
    deployed: DeploymentRecord | undefined,
  ): Promise<McpProcess | undefined> {
    const bpmnProcessId = deployed?.processes[0]?.bpmnProcessId;
    if (!deployed || bpmnProcessId === undefined) return undefined;
    const { key, workflowVersion } = deployed;
    if (forms.has(key)) return forms.get(key);
    const version = await store.resources.get(tenantId, 'workflow', workflow.id, workflowVersion);
    const { startForm } = (version?.content ?? {}) as Partial<WorkflowContent>;
    const process = startForm && {
      bpmnProcessId,
      title: workflow.name,
      description: textOf(startForm.schema.description),
      input: startForm.schema as JsonSchema,
    };
    if (forms.size >= mostForms) forms.clear();
    forms.set(key, process);
    return process;
  }

  async function task(tenantId: string, id: string): Promise<McpAnswer<McpTask>> {
    if (!/^\d{1,19}$/.test(id))
      return failure('NOT_FOUND', `Expected the id of a task, but got '${id.slice(0, 50)}'`);
    for (let looks = 0; ; looks++) {
      const found = await engine.queries.instance(tenantId, id);
      // The query side may be a moment behind the record that says it ended.
      const late = ends.has(id) && looks < 40 && (!found.ok || found.value.state === 'ACTIVE');
      if (!late)
        return found.ok
          ? { ok: true, value: await taskOf(tenantId, found.value) }
          : { ok: false, failure: refusedByEngine(found.failure).failure };
      await new Promise<void>((resolve) => clock.after(lookEvery, resolve));
    }
  }

  async function taskOf(tenantId: string, instance: InstanceItem): Promise<McpTask> {
    const id = instance.processInstanceKey;
    const base = {
      id,
      process: instance.processDefinitionId,
      createdAt: instant(instance.startDate),
      ...(instance.endDate && { endedAt: instant(instance.endDate) }),
    };
    if (instance.state === 'TERMINATED') return { ...base, status: 'cancelled' };
    if (instance.state === 'COMPLETED') {
      const found = await engine.queries.variables(tenantId, id);
      const own = found.ok ? found.value.filter(({ scopeKey }) => scopeKey === id) : [];
      const result = Object.fromEntries(own.map(({ name, value }) => [name, value as JsonValue]));
      return { ...base, status: 'completed', result };
    }
    if (instance.incidents > 0) {
      const found = await engine.queries.incidents(
        tenantId,
        { processInstanceKey: id },
        { from: 0, limit: 20 },
      );
      const open = found.ok ? found.value.items.find(({ state }) => state === 'ACTIVE') : undefined;
      return {
        ...base,
        status: 'failed',
        message: open?.errorMessage ?? 'Expected the run to go on, but it met an incident',
      };
    }
    const waiting = await engine.queries.userTasks(
      tenantId,
      { processInstanceKey: id, state: 'CREATED' },
      { from: 0, limit: 20 },
    );
    const [first] = waiting.ok ? waiting.value.items : [];
    return first
      ? {
          ...base,
          status: 'input_required',
          message: `Waits for somebody to complete “${first.name || first.elementId}”`,
        }
      : { ...base, status: 'working' };
  }

  return {
    of: (tenantId) => ({
      async list() {
        const found: McpProcess[] = [];
        for (let offset = 0; ; offset += pageSize) {
          const { items, total } = await store.resources.list(tenantId, 'workflow', {
            limit: pageSize,
            offset,
          });
          const latest = await store.deployments.latest(
            tenantId,
            items.map(({ id }) => id),
          );
          for (const workflow of items) {
            const process = await processOf(tenantId, workflow, latest.get(workflow.id));
            if (process) found.push(process);
          }
          if (offset + pageSize >= total) return found;
        }
      },
      async start(bpmnProcessId, variables) {
        const amounts = { concurrentRuns: 1 };
        const reserved = await quotas.reserve(tenantId, amounts, 2 * listLag);
        if (!reserved.ok) return reserved;
        const started = await engine.commands.createInstance(tenantId, { bpmnProcessId }, variables);
        if (!started.ok) {
          await reserved.value.release();
          return { ok: false, failure: refusedByEngine(started.failure).failure };
        }
        const id = started.value.processInstanceKey;
        runs.started(tenantId, id, reserved.value);
        return { ok: true, value: { id } };
      },
      task: (id) => task(tenantId, id),
      async cancel(id) {
        const found = await task(tenantId, id);
        if (!found.ok) return found;
        const cancelled = await engine.commands.cancelInstance(id);
        if (!cancelled.ok) return { ok: false, failure: refusedByEngine(cancelled.failure).failure };
        return { ok: true, value: undefined };
      },
      follow(id, heard) {
        const ofRun = followers.get(id) ?? new Set();
        followers.set(id, ofRun.add(heard));
        const isOver = (status: McpTask['status']) => status !== 'working';
        if (ends.has(id)) heard({ message: 'ended', over: true });
        else
          void task(tenantId, id).then(
            (found) =>
              found.ok && isOver(found.value.status) && heard({ message: found.value.status, over: true }),
          );
        return () => {
          ofRun.delete(heard);
          if (ofRun.size === 0) followers.delete(id);
        };
      },
    }),
    deployed(tenantId, heard) {
      const ofTenant = deployments.get(tenantId) ?? new Set();
      deployments.set(tenantId, ofTenant.add(heard));
      return () => {
        ofTenant.delete(heard);
        if (ofTenant.size === 0) deployments.delete(tenantId);
      };
    },
    close: unsubscribe,
  };
}

/** What a record tells whoever waits for the run; nothing of what happens between two elements. */
function eventOf({ valueType, intent, value }: StreamedRecord): McpTaskEvent | undefined {
  if (valueType === 'INCIDENT')
    return intent === 'CREATED' ? { message: 'stopped by an incident', over: true } : undefined;
  if (valueType === 'USER_TASK') {
    return intent === 'CREATED' ? { message: 'waits for a person', over: true } : undefined;
  }
  if (valueType !== 'PROCESS_INSTANCE') return undefined;
  const type = value.bpmnElementType;
  if (type === 'PROCESS') return runEnds.has(intent) ? { message: 'ended', over: true } : undefined;
  const step = type === 'SEQUENCE_FLOW' ? undefined : steps[intent];
  return step === undefined ? undefined : { message: `${String(value.elementId)}: ${step}`, over: false };
}

const failure = (code: string, message: string) => ({ ok: false as const, failure: { code, message } });
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

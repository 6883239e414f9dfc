import type { EngineClient } from '@baton/engine/client';
import {
  type AgentRecording,
  type CallRecord,
  type ForkChange,
  type ForkReport,
  ok,
  type ReplayReport,
  type Result,
} from '@baton/engine/protocol';
import type { AgentRunRecord, DocumentStore } from '@baton/infra/store';
import { type RecordingSummary, readAgentContent, type TaskContent } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { type Refusal, refuse, refusedByEngine } from '../../refusal.ts';
import type { AgentRunAsk, AgentRunService, RunTold } from '../agentRuns/service.ts';
import type { ProviderService } from '../providers/service.ts';
import type { KnownEnd, Recordings } from './recordings.ts';

export interface RecordingService {
  /** @param id of a run on request, or key of the element instance whose job it was */
  get(tenantId: string, id: string): Promise<Result<AgentRecording, Refusal>>;
  ofInstance(tenantId: string, processInstanceKey: string): Promise<Result<RecordingSummary[], Refusal>>;
  replay(
    tenantId: string,
    id: string,
    against: 'recorded' | 'latest',
  ): Promise<Result<ReplayReport, Refusal>>;
  /** A run on request like any other; one that fails has its failure in the report. */
  fork(
    tenantId: string,
    id: string,
    ask: { change: ForkChange; by: Principal },
    signal: AbortSignal,
    tell: (event: RunTold) => void,
  ): Promise<Result<ForkReport, Refusal>>;
  /** What may leave: without keys, secrets and addresses of people. */
  cassette(tenantId: string, id: string): Promise<Result<AgentRecording, Refusal>>;
  /** @param id of the fork */
  comparison(tenantId: string, id: string): Promise<Result<ForkReport, Refusal>>;
}

export interface RecordingServiceOptions {
  recordings: Recordings;
  runs: Pick<AgentRunService, 'run'>;
  providers: Pick<ProviderService, 'choosable'>;
  store: Pick<DocumentStore, 'agentRuns' | 'calls'>;
  queries: EngineClient['queries'];
}

export function createRecordingService({
  recordings,
  runs,
  providers,
  store,
  queries,
}: RecordingServiceOptions): RecordingService {
  /** What the engine knows of the job's element instance. */
  async function endOfJob(
    tenantId: string,
    { processInstanceKey, elementInstanceKey }: CallRecord,
  ): Promise<Result<KnownEnd, Refusal>> {
    const [elements, incidents] = await Promise.all([
      queries.elementInstances(tenantId, processInstanceKey),
      queries.incidents(tenantId, { processInstanceKey }, { from: 0, limit: 200 }),
    ]);
    if (!elements.ok) return refusedByEngine(elements.failure);
    if (!incidents.ok) return refusedByEngine(incidents.failure);
    const element = elements.value.find((each) => each.elementInstanceKey === elementInstanceKey);
    if (element?.state === 'COMPLETED') return ok({ status: 'completed', error: null });
    const incident = incidents.value.items.find(
      (each) => each.elementInstanceKey === elementInstanceKey && each.state === 'ACTIVE',
    );
    if (incident) return ok({ status: 'failed', error: errorIn(incident.errorMessage) });
    return ok({ status: element?.state === 'ACTIVE' ? 'running' : 'failed', error: null });
  }

  async function get(tenantId: string, id: string): Promise<Result<AgentRecording, Refusal>> {
    const [run, calls] = await Promise.all([
      store.agentRuns.get(tenantId, id),
      store.calls.ofElement(tenantId, id),
    ]);
    const [first] = calls;
    if (!run && !first) return refuse('NOT_FOUND', `Expected a recorded run '${id}', but there is none`);
    const end = run || !first ? ok(endOf(run)) : await endOfJob(tenantId, first);
    if (!end.ok) return end;
    const recording = await recordings.of(tenantId, calls, end.value);
    return recording.ok ? recording : refuse('INVALID_STATE', recording.failure);
  }

  async function comparison(tenantId: string, id: string): Promise<Result<ForkReport, Refusal>> {
    const run = await store.agentRuns.get(tenantId, id);
    if (!run) return refuse('NOT_FOUND', `Expected a fork '${id}', but there is none`);
    if (run.forkOf === null)
      return refuse('INVALID_STATE', `Expected a fork, but the run '${id}' was begun by itself`);
    const [recorded, fork] = [await get(tenantId, run.forkOf), await get(tenantId, id)];
    if (!recorded.ok) return recorded;
    return fork.ok ? ok(recordings.compared(recorded.value, fork.value)) : fork;
  }

  return {
    get,
    async ofInstance(tenantId, processInstanceKey) {
      const instance = await queries.instance(tenantId, processInstanceKey);
      if (!instance.ok) return refusedByEngine(instance.failure);
      const byElement = new Map<string, CallRecord[]>();
      for (const call of await store.calls.list(tenantId, processInstanceKey)) {
        const { elementInstanceKey: key } = call;
        byElement.set(key, [...(byElement.get(key) ?? []), call]);
      }
      return ok([...byElement].flatMap(([id, calls]) => summaryOf(id, calls) ?? []));
    },
    async replay(tenantId, id, against) {
      const recording = await get(tenantId, id);
      return recording.ok ? ok(await recordings.replay(tenantId, recording.value, against)) : recording;
    },

    async fork(tenantId, id, { change, by }, signal, tell) {
      const found = await get(tenantId, id);
      if (!found.ok) return found;
      const recording = found.value;
      const problem = recordings.forkProblem(recording, change);
      if (problem !== undefined) return refuse('INVALID_STATE', problem);
      const provider = change.provider && (await providers.choosable(tenantId, change.provider));
      if (provider && !provider.ok) return provider;
      const ran = await runs.run(
        tenantId,
        { ...askOf(recording, change), by, fork: { recording, change } },
        signal,
        tell,
      );
      if (!ran.ok && !ran.failure.ran) return { ok: false, failure: ran.failure.refusal };
      const { run } = ran.ok ? ran.value : ran.failure.ran!;
      return comparison(tenantId, run.id);
    },

    comparison,

    async cassette(tenantId, id) {
      const recording = await get(tenantId, id);
      return recording.ok ? ok(await recordings.cassette(tenantId, recording.value)) : recording;
    },
  };
}

/** As the run of a fork is kept and bounded: by its agent's definition with the change. */
function askOf({ agent, task, began }: AgentRecording, change: ForkChange): Omit<AgentRunAsk, 'by' | 'fork'> {
  const { provider, model, systemPrompt, userPrompt } = change;
  const { prompt, ...input } = began.variables;
  const content = readAgentContent({
    ...agent.definition,
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(systemPrompt !== undefined && { systemPrompt }),
    ...(userPrompt !== undefined && { userPrompt }),
  });
  const { requestSchema = {}, responseSchema = {} } = (task?.definition ?? {}) as Partial<TaskContent>;
  return {
    agent: { id: agent.id, name: agent.name, version: agent.version, hash: null, content },
    ...(task && { task: { name: task.name, version: task.version, requestSchema, responseSchema } }),
    ...(typeof prompt === 'string' && { prompt }),
    input,
  };
}

function endOf(run: AgentRunRecord | undefined): KnownEnd {
  if (!run || run.status === 'running') return { status: 'running', error: null };
  if (run.status === 'completed') return { status: 'completed', result: run.output, error: null };
  return { status: 'failed', result: run.output, error: run.error };
}

/** An incident of ours begins with its code. */
function errorIn(text: string): KnownEnd['error'] {
  const [, code, message] = /^([A-Z_]+): ([\s\S]*)$/.exec(text) ?? [];
  return code !== undefined && message !== undefined ? { code, message } : null;
}

/** Of an element instance in which an agent ran; a tool that a process calls itself is no run. */
function summaryOf(id: string, calls: readonly CallRecord[]): RecordingSummary[] | undefined {
  const models = calls.filter(({ kind }) => kind === 'model');
  const first = models.find(({ began }) => began) ?? models[0];
  if (!first) return undefined;
  const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
  for (const call of calls) {
    usage.inputTokens += call.usage.inputTokens;
    usage.outputTokens += call.usage.outputTokens;
    usage.cost += call.usage.cost;
  }
  return [
    {
      id,
      elementId: first.elementId,
      agent: { name: first.name, version: first.version },
      loops: models.filter(({ error }) => error === null).length,
      calls: calls.length,
      usage,
      startedAt: new Date(first.startedAt).toISOString(),
      replayable: first.began !== undefined,
    },
  ];
}

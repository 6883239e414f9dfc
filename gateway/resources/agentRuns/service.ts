import {
  type BudgetGrant,
  type CallLog,
  type CallRecord,
  type ConversationStore,
  type GrantStore,
  type JsonObject,
  ok,
  type Result,
  type RunEvent,
} from '@baton/engine/protocol';
import type {
  AgentRunEnd,
  AgentRunFilter,
  AgentRunRecord,
  AgentRunStore,
  Page,
  Resource,
  ResourceStore,
} from '@baton/infra/store';
import type { Logger } from 'pino';
import type { AgentContent, GrantAmounts, RunChange } from '../../api/index.ts';
import { callerId, type Principal } from '../../auth/principal.ts';
import type { Clock } from '../../dependencies.ts';
import type { Quotas } from '../../quotas/ports.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { AgentRunRequest, AgentRuns } from './agentRuns.ts';
import { beginningOf } from './beginning.ts';
import { createLiveRuns, lease } from './liveRuns.ts';
import { refusedRun } from './refusals.ts';

/** Somebody ended the run, or stopped its agent. */
const cancelling: ReadonlySet<string> = new Set(['RUN_CANCELLED', 'AGENT_STOPPED']);

export interface AgentRunAsk {
  by: Principal;
  agent: Pick<Resource<AgentContent>, 'id' | 'name' | 'version' | 'content'> & { hash: string | null };
  label?: string | undefined;
  task?: AgentRunRequest['task'];
  prompt?: string | undefined;
  input?: JsonObject | undefined;
  conversation?: string | undefined;
  fork?: AgentRunRequest['fork'];
}

export interface RunWithSteps {
  run: AgentRunRecord;
  steps: CallRecord[];
}

export interface AgentRunRefused {
  refusal: Refusal;
  /** The run, where it had begun. */
  ran: RunWithSteps | undefined;
}

export type RunTold = RunEvent | { event: 'run.started'; data: AgentRunRecord };

export interface AgentRunService {
  /**
   * Runs, and records. A run that failed is recorded, and refused with its reason and `details.run`.
   * @param signal aborted when who asks goes away, which cancels the run
   */
  run(
    tenantId: string,
    ask: AgentRunAsk,
    signal: AbortSignal,
    tell?: (event: RunTold) => void,
  ): Promise<Result<RunWithSteps, AgentRunRefused>>;
  /** Goes on with a run that stopped, from its record, after it was given more or a quota was raised. */
  continue(
    tenantId: string,
    id: string,
    ask: { by: Principal; grant?: GrantAmounts | undefined },
    signal: AbortSignal,
    tell?: (event: RunTold) => void,
  ): Promise<Result<RunWithSteps, AgentRunRefused>>;
  /** What the run was given beyond its limits. */
  grants(tenantId: string, id: string): Promise<Result<BudgetGrant[], Refusal>>;
  get(tenantId: string, id: string): Promise<Result<RunWithSteps, Refusal>>;
  list(tenantId: string, filter: AgentRunFilter): Promise<Page<AgentRunRecord>>;
  /** Answers the run as it is after that: one of another process ends within seconds. */
  cancel(tenantId: string, id: string): Promise<Result<AgentRunRecord, Refusal>>;
  /** At start, while no other process runs any: what is said to be running was interrupted. */
  interruptAll(tenantIds: readonly string[]): Promise<void>;
}

export interface AgentRunServiceOptions {
  runs: AgentRuns;
  store: AgentRunStore;
  calls: CallLog;
  conversations: ConversationStore;
  resources: Pick<ResourceStore, 'get' | 'getByName'>;
  grants: GrantStore;
  quotas: Quotas;
  clock: Clock;
  newId(): string;
  changed(tenantId: string, change: RunChange): void;
  log: Logger;
}

/** Failures after which a run goes on where it stopped, once somebody has seen to them. */
const mayGoOn = new Set(['BUDGET_EXCEEDED', 'QUOTA_EXCEEDED', 'RUN_INTERRUPTED']);

const interrupted: AgentRunRecord['error'] = {
  code: 'RUN_INTERRUPTED',
  message: 'Expected the run to come to its end, but the process it was in ended before',
};

export function createAgentRunService(options: AgentRunServiceOptions): AgentRunService {
  const { runs, store, calls, conversations, grants, quotas, clock, newId, log } = options;
  const live = createLiveRuns(store, clock, log);
  const changed = (change: RunChange['change'], { tenantId, id, agentName: name }: AgentRunRecord) =>
    options.changed(tenantId, { change, id, name, kind: 'agent' });
  async function stepsOf(tenantId: string, id: string): Promise<CallRecord[]> {
    const found = await calls.list(tenantId, id);
    return found.sort((a, b) => a.sequence - b.sequence || a.startedAt - b.startedAt);
  }

  /** What a run used that nobody settled is counted; its conversation is let go. */
  async function interrupt(run: AgentRunRecord): Promise<void> {
    const { tenantId, id, agentId, conversation } = run;
    const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
    const steps = await stepsOf(tenantId, id);
    for (const call of steps) {
      usage.inputTokens += call.usage.inputTokens;
      usage.outputTokens += call.usage.outputTokens;
      usage.cost += call.usage.cost;
    }
    const last = steps.at(-1);
    const duration = last ? last.startedAt + last.duration - run.startedAt : 0;
    const end: AgentRunEnd = { status: 'failed', output: null, error: interrupted, usage, duration };
    if (!(await store.end(tenantId, id, end))) return;
    await quotas.settleLeft(tenantId, id);
    if (conversation !== null) await conversations.release({ tenantId, agentId, id: conversation }, id);
    changed('updated', run);
  }

  async function interruptAbandoned(tenantId: string, now: number): Promise<void> {
    for (const run of await store.abandoned(tenantId, now)) {
      if (!live.has(run.id)) await interrupt(run);
    }
  }

  const missing = (id: string) => refuse('NOT_FOUND', `Expected a run '${id}', but there is none`);

  async function find(tenantId: string, id: string): Promise<Result<AgentRunRecord, Refusal>> {
    const found = await store.get(tenantId, id);
    if (found?.status !== 'running') return found ? ok(found) : missing(id);
    await interruptAbandoned(tenantId, clock.now());
    const now = await store.get(tenantId, id);
    return now ? ok(now) : missing(id);
  }

  /** Begins, or goes on; whatever comes of it is recorded. What it uses is the runtime's matter. */
  async function carryOut(
    run: AgentRunRecord,
    request: Omit<AgentRunRequest, 'tenantId' | 'runId'>,
    begin: (aliveUntil: number) => Promise<Result<void, Refusal>>,
    signal: AbortSignal,
    tell: ((event: RunTold) => void) | undefined,
  ): Promise<Result<RunWithSteps, AgentRunRefused>> {
    const { tenantId, id } = run;
    const { maxDuration } = request.agent.content.limits;
    const reserved = await quotas.reserve(tenantId, { concurrentRuns: 1 }, 2 * maxDuration);
    if (!reserved.ok) return { ok: false, failure: { refusal: reserved.failure, ran: undefined } };
    const startedAt = clock.now();
    let going: ReturnType<typeof live.begin> | undefined;
    try {
      const begun = await begin(startedAt + lease);
      if (!begun.ok) return { ok: false, failure: { refusal: begun.failure, ran: undefined } };
      going = live.begin(tenantId, id, signal);
      changed(run.duration === 0 ? 'created' : 'updated', run);
      tell?.({ event: 'run.started', data: run });
      const { result, text, usage } = await runs.run({ tenantId, runId: id, ...request }, going.signal, tell);
      const end: AgentRunEnd = {
        status: result.ok ? 'completed' : cancelling.has(result.failure.code) ? 'cancelled' : 'failed',
        output: result.ok ? result.value : text === '' ? null : { text },
        error: result.ok ? null : { code: result.failure.code, message: result.failure.message },
        usage,
        duration: run.duration + clock.now() - startedAt,
      };
      await store.end(tenantId, id, end);
      const ran = { run: { ...run, ...end }, steps: await stepsOf(tenantId, id) };
      changed('updated', ran.run);
      if (result.ok) return ok(ran);
      return { ok: false, failure: { refusal: refusedRun(result.failure, undefined).failure, ran } };
    } catch (error) {
      await interrupt(run).catch((err: unknown) => log.error({ err, run: id }, 'a run was not ended'));
      throw error;
    } finally {
      going?.end();
      await reserved.value.release();
    }
  }

  return {
    async run(tenantId, { by, agent, label, task, prompt = '', input, conversation, fork }, signal, tell) {
      const { id: agentId, name, version, hash, content } = agent;
      const asked = { id: agentId, name, version, content };
      const kept = await runs.kept({ tenantId, agent: asked, prompt, input });
      const begun: AgentRunRecord = {
        id: newId(),
        tenantId,
        agentId,
        agentName: name,
        agentVersion: version,
        agentLabel: label ?? null,
        agentHash: hash,
        task: task ? { name: task.name, version: task.version } : null,
        provider: content.provider,
        model: content.model,
        prompt: kept.prompt,
        input: kept.input ?? null,
        conversation: conversation ?? null,
        forkOf: fork?.recording.run.id ?? null,
        status: 'running',
        output: null,
        error: null,
        usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
        actor: { kind: by.kind, id: by.userId, name: by.username },
        startedAt: clock.now(),
        duration: 0,
      };
      const request = { agent: asked, task, prompt, input, conversation, user: callerId(by), fork };
      const begin = async (aliveUntil: number) => ok(await store.begin(begun, aliveUntil));
      return carryOut(begun, request, begin, signal, tell);
    },

    async continue(tenantId, id, { by, grant }, signal, tell) {
      const refused = (refusal: Refusal) => ({ ok: false as const, failure: { refusal, ran: undefined } });
      const found = await find(tenantId, id);
      if (!found.ok) return refused(found.failure);
      const { status, error } = found.value;
      const stopped = () =>
        refuse(
          'INVALID_STATE',
          `Expected a run that stopped at a limit, but it is ${status}${error ? ` with ${error.code}` : ''}`,
          { status },
        );
      if (found.value.forkOf !== null)
        return refused(
          refuse(
            'INVALID_STATE',
            'Expected a run that goes on as it began, but this is a fork, in which not all is really done: fork again',
          ).failure,
        );
      if (status !== 'failed' || !mayGoOn.has(error?.code ?? '')) return refused(stopped().failure);
      const beginning = await beginningOf(found.value, options);
      if (!beginning.ok) return refused(beginning.failure);
      const run: AgentRunRecord = { ...found.value, status: 'running', output: null, error: null };
      const begin = async (aliveUntil: number) => {
        if (!(await store.resume(tenantId, id, aliveUntil))) return stopped();
        if (grant) {
          const given = { ...grant, by: by.username, at: clock.now() };
          await grants.add({ id: newId(), tenantId, elementInstanceKey: id, ...given });
        }
        return ok();
      };
      return carryOut(run, { ...beginning.value, user: callerId(by) }, begin, signal, tell);
    },

    async grants(tenantId, id) {
      const run = await find(tenantId, id);
      return run.ok ? ok(await grants.ofElement(tenantId, id)) : run;
    },

    async get(tenantId, id) {
      const run = await find(tenantId, id);
      return run.ok ? ok({ run: run.value, steps: await stepsOf(tenantId, id) }) : run;
    },

    async list(tenantId, filter) {
      await interruptAbandoned(tenantId, clock.now());
      return store.list(tenantId, filter);
    },

    async cancel(tenantId, id) {
      const run = await find(tenantId, id);
      if (!run.ok) return run;
      const { status } = run.value;
      if (status !== 'running' || !(await store.askCancel(tenantId, id)))
        return refuse('INVALID_STATE', `Expected a run that goes on, but it is ${status}`, { status });
      await live.cancel(id);
      return find(tenantId, id);
    },

    async interruptAll(tenantIds) {
      for (const tenantId of tenantIds) await interruptAbandoned(tenantId, Number.MAX_SAFE_INTEGER);
    },
  };
}

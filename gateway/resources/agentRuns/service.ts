import {
  type CallLog,
  type CallRecord,
  type ConversationStore,
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
} from '@baton/infra/store';
import type { Logger } from 'pino';
import type { AgentContent, RunChange } from '../../api/index.ts';
import { callerId, type Principal } from '../../auth/principal.ts';
import type { Clock } from '../../dependencies.ts';
import { ofPeriods, type Quotas } from '../../quotas/ports.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { AgentRunRequest, AgentRuns } from './agentRuns.ts';
import { createLiveRuns, lease } from './liveRuns.ts';
import { refusedRun } from './refusals.ts';

const microUnits = 1_000_000;

export interface AgentRunAsk {
  by: Principal;
  agent: Pick<Resource<AgentContent>, 'id' | 'name' | 'version' | 'content'> & { hash: string | null };
  label?: string | undefined;
  task?: AgentRunRequest['task'];
  prompt?: string | undefined;
  input?: JsonObject | undefined;
  conversation?: string | undefined;
}

export interface RunWithSteps {
  run: AgentRunRecord;
  steps: CallRecord[];
}

export type RunTold = RunEvent | { event: 'run.started'; data: AgentRunRecord };

export interface AgentRunService {
  /**
   * Reserves, runs, records, settles. A run that failed is recorded, and refused with its reason and `details.run`.
   * @param signal aborted when who asks goes away, which cancels the run
   */
  run(
    tenantId: string,
    ask: AgentRunAsk,
    signal: AbortSignal,
    tell?: (event: RunTold) => void,
  ): Promise<Result<RunWithSteps, { refusal: Refusal; ran: RunWithSteps | undefined }>>;
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
  quotas: Quotas;
  clock: Clock;
  newId(): string;
  changed(tenantId: string, change: RunChange): void;
  log: Logger;
}

const interrupted: AgentRunRecord['error'] = {
  code: 'RUN_INTERRUPTED',
  message: 'Expected the run to come to its end, but the process it was in ended before',
};

export function createAgentRunService(options: AgentRunServiceOptions): AgentRunService {
  const { runs, store, calls, conversations, quotas, clock, newId, log } = options;
  const live = createLiveRuns(store, clock, log);
  const changed = (change: RunChange['change'], { tenantId, id, agentName: name }: AgentRunRecord) =>
    options.changed(tenantId, { change, id, name, kind: 'agent' });
  const used = ({ inputTokens, outputTokens, cost }: AgentRunRecord['usage']) => ({
    ...ofPeriods('tokens', inputTokens + outputTokens),
    ...ofPeriods('money', Math.round(cost * microUnits)),
  });

  async function stepsOf(tenantId: string, id: string): Promise<CallRecord[]> {
    const found = await calls.list(tenantId, id);
    return found.sort((a, b) => a.sequence - b.sequence || a.startedAt - b.startedAt);
  }

  async function reserve(tenantId: string, content: AgentContent) {
    const { maxTokens, maxCost, maxDuration } = content.limits;
    const worth = await runs.mostCost(tenantId, content);
    const money = Math.ceil(Math.min(worth, maxCost ?? worth) * microUnits);
    const amounts = { concurrentRuns: 1, ...ofPeriods('tokens', maxTokens), ...ofPeriods('money', money) };
    return quotas.reserve(tenantId, amounts, 2 * maxDuration);
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
    await quotas.count(tenantId, used(usage));
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

  return {
    async run(tenantId, { by, agent, label, task, prompt = '', input, conversation }, signal, tell) {
      const { id: agentId, name, version, hash, content } = agent;
      const asked = { id: agentId, name, version, content };
      const kept = await runs.kept({ tenantId, agent: asked, prompt, input });
      const reserved = await reserve(tenantId, content);
      if (!reserved.ok) return { ok: false, failure: { refusal: reserved.failure, ran: undefined } };
      const id = newId();
      const startedAt = clock.now();
      const begun: AgentRunRecord = {
        id,
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
        status: 'running',
        output: null,
        error: null,
        usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
        actor: { kind: by.kind, id: by.userId, name: by.username },
        startedAt,
        duration: 0,
      };
      let going: ReturnType<typeof live.begin> | undefined;
      try {
        await store.begin(begun, startedAt + lease);
        going = live.begin(tenantId, id, signal);
        changed('created', begun);
        tell?.({ event: 'run.started', data: begun });
        const { result, text, usage } = await runs.run(
          {
            tenantId,
            runId: id,
            agent: asked,
            task,
            prompt,
            input,
            conversation,
            user: callerId(by),
          },
          going.signal,
          tell,
        );
        const end: AgentRunEnd = {
          status: result.ok ? 'completed' : result.failure.code === 'RUN_CANCELLED' ? 'cancelled' : 'failed',
          output: result.ok ? result.value : text === '' ? null : { text },
          error: result.ok ? null : { code: result.failure.code, message: result.failure.message },
          usage,
          duration: clock.now() - startedAt,
        };
        await store.end(tenantId, id, end);
        await reserved.value.settle(used(usage));
        const ran = { run: { ...begun, ...end }, steps: await stepsOf(tenantId, id) };
        changed('updated', ran.run);
        if (result.ok) return ok(ran);
        return { ok: false, failure: { refusal: refusedRun(result.failure, undefined).failure, ran } };
      } catch (error) {
        await reserved.value.release();
        await interrupt(begun).catch((err: unknown) => log.error({ err, run: id }, 'a run was not ended'));
        throw error;
      } finally {
        going?.end();
      }
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

import type { StoredAgentRun } from '../models/agentRun.ts';
import type { Models } from '../models/index.ts';
import type { AgentRunRecord, AgentRunStore } from '../ports.ts';

const running = 'running' as const;

export function agentRunStore({ agentRuns }: Models): AgentRunStore {
  return {
    async begin({ id, task, input, output, error, ...run }, aliveUntil) {
      await agentRuns.create({
        _id: id,
        ...run,
        task: JSON.stringify(task),
        input: JSON.stringify(input),
        output: JSON.stringify(output),
        error: JSON.stringify(error),
        aliveUntil,
      });
    },
    async keepAlive(tenantId, id, aliveUntil) {
      const found = await agentRuns
        .findOneAndUpdate({ _id: id, tenantId, status: running }, { $set: { aliveUntil } })
        .lean();
      return found ? { cancelAsked: found.cancelAsked === true } : undefined;
    },
    async askCancel(tenantId, id) {
      const { matchedCount } = await agentRuns.updateOne(
        { _id: id, tenantId, status: running },
        { $set: { cancelAsked: true } },
      );
      return matchedCount > 0;
    },
    async end(tenantId, id, { status, output, error, usage, duration }) {
      const { matchedCount } = await agentRuns.updateOne(
        { _id: id, tenantId, status: running },
        {
          $set: { status, output: JSON.stringify(output), error: JSON.stringify(error), usage, duration },
        },
      );
      return matchedCount > 0;
    },
    async resume(tenantId, id, aliveUntil) {
      const { matchedCount } = await agentRuns.updateOne(
        { _id: id, tenantId, status: 'failed' },
        { $set: { status: running, aliveUntil, cancelAsked: false } },
      );
      return matchedCount > 0;
    },
    async get(tenantId, id) {
      const found = await agentRuns.findOne({ _id: id, tenantId }).lean();
      return found ? toRecord(found) : undefined;
    },
    async list(tenantId, { limit, offset, agentId, status }) {
      const filter = {
        tenantId,
        ...(agentId !== undefined && { agentId }),
        ...(status !== undefined && { status }),
      };
      const [found, total] = await Promise.all([
        agentRuns.find(filter).sort({ startedAt: -1, _id: -1 }).skip(offset).limit(limit).lean(),
        agentRuns.countDocuments(filter),
      ]);
      return { items: found.map(toRecord), total };
    },
    async abandoned(tenantId, now) {
      const found = await agentRuns.find({ tenantId, status: running, aliveUntil: { $lte: now } }).lean();
      return found.map(toRecord);
    },
  };
}

const jsonOr = <T>(text: string | undefined, otherwise: T): T =>
  text === undefined ? otherwise : JSON.parse(text);

function toRecord({
  _id,
  aliveUntil: _until,
  cancelAsked: _asked,
  answer,
  ...run
}: StoredAgentRun): AgentRunRecord {
  const error: AgentRunRecord['error'] = JSON.parse(run.error);
  return {
    ...run,
    id: _id,
    agentLabel: run.agentLabel ?? null,
    agentHash: run.agentHash ?? null,
    task: jsonOr<AgentRunRecord['task']>(run.task, null),
    provider: run.provider ?? '',
    input: jsonOr<AgentRunRecord['input']>(run.input, null),
    conversation: run.conversation ?? null,
    forkOf: run.forkOf ?? null,
    status: run.status ?? (error ? 'failed' : 'completed'),
    output: jsonOr<AgentRunRecord['output']>(
      run.output,
      answer === null || answer === undefined ? null : { text: answer },
    ),
    error,
  };
}

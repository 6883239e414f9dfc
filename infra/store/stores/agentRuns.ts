import type { StoredAgentRun } from '../models/agentRun.ts';
import type { Models } from '../models/index.ts';
import type { AgentRunRecord, AgentRunStore } from '../ports.ts';

export function agentRunStore({ agentRuns }: Models): AgentRunStore {
  return {
    async append({ id, error, ...run }) {
      await agentRuns.create({ _id: id, error: JSON.stringify(error), ...run });
    },
    async list(tenantId, { limit, offset }) {
      const [found, total] = await Promise.all([
        agentRuns.find({ tenantId }).sort({ startedAt: -1, _id: -1 }).skip(offset).limit(limit).lean(),
        agentRuns.countDocuments({ tenantId }),
      ]);
      return { items: found.map(toRecord), total };
    },
  };
}

const toRecord = ({ _id, error, ...run }: StoredAgentRun): AgentRunRecord => ({
  id: _id,
  error: JSON.parse(error),
  ...run,
});

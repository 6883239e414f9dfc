import { isDuplicateKey } from '../duplicateKey.ts';
import type { StoredDeployment } from '../models/deployment.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { DeploymentRecord, DeploymentStore } from '../ports.ts';

const newestFirst = { deployedAt: -1, key: -1 } as const;

export function deploymentStore({ deployments }: Models): DeploymentStore {
  return {
    async append(record) {
      try {
        await deployments.create({ _id: naturalId(record.tenantId, record.key), ...record });
      } catch (error) {
        // The same deployment told again after a crash.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async list(tenantId, { workflowId }, { limit, offset }) {
      const filter = { tenantId, ...(workflowId !== undefined && { workflowId }) };
      const [found, total] = await Promise.all([
        deployments.find(filter).sort(newestFirst).skip(offset).limit(limit).lean(),
        deployments.countDocuments(filter),
      ]);
      return { items: found.map(toRecord), total };
    },
    async latest(tenantId, workflowIds) {
      const found = await deployments.aggregate<{ _id: string; latest: StoredDeployment }>([
        { $match: { tenantId, workflowId: { $in: [...workflowIds] } } },
        { $sort: newestFirst },
        { $group: { _id: '$workflowId', latest: { $first: '$$ROOT' } } },
      ]);
      return new Map(found.map(({ _id, latest }) => [_id, toRecord(latest)]));
    },
  };
}

const toRecord = ({ _id, ...record }: StoredDeployment): DeploymentRecord => record;

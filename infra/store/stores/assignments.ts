import { isDuplicateKey } from '../duplicateKey.ts';
import type { StoredAssignment } from '../models/assignment.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';
import type { Assignment, AssignmentStore, Page, PageRequest } from '../ports.ts';

/** One document for tenant, agent and task: `_id` keeps a second one out, whoever asks first. */
export function assignmentStore({ assignments }: Models): AssignmentStore {
  async function list(
    filter: { tenantId: string } & Partial<Assignment>,
    { limit, offset }: PageRequest,
  ): Promise<Page<Assignment>> {
    const found =
      limit === 0
        ? []
        : await assignments.find(filter).sort({ assignedAt: 1, _id: 1 }).skip(offset).limit(limit).lean();
    // A page with room left is the last one.
    const isLast = found.length < limit && (found.length > 0 || offset === 0);
    const total = isLast ? offset + found.length : await assignments.countDocuments(filter);
    return { items: found.map(toAssignment), total };
  }
  const one = (tenantId: string, agentId: string, taskId: string) => ({
    _id: naturalId(tenantId, agentId, taskId),
    tenantId,
  });

  return {
    async create(assignment) {
      const { tenantId, agentId, taskId } = assignment;
      try {
        await assignments.create({ ...assignment, _id: naturalId(tenantId, agentId, taskId) });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async get(tenantId, agentId, taskId) {
      const found = await assignments.findOne(one(tenantId, agentId, taskId)).lean();
      return found ? toAssignment(found) : undefined;
    },
    ofAgent: (tenantId, agentId, page) => list({ tenantId, agentId }, page),
    ofTask: (tenantId, taskId, page) => list({ tenantId, taskId }, page),
    async move(tenantId, agentId, taskId, taskVersion) {
      const moved = await assignments
        .findOneAndUpdate(
          one(tenantId, agentId, taskId),
          { $set: { taskVersion } },
          { returnDocument: 'after' },
        )
        .lean();
      return moved ? toAssignment(moved) : undefined;
    },
    async delete(tenantId, agentId, taskId, id) {
      const filter = { ...one(tenantId, agentId, taskId), ...(id === undefined ? {} : { id }) };
      const deleted = await assignments.findOneAndDelete(filter).lean();
      return deleted ? toAssignment(deleted) : undefined;
    },
  };
}

const toAssignment = ({ _id, ...assignment }: StoredAssignment): Assignment => assignment;

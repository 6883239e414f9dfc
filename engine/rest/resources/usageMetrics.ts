import { failed, ok } from '@baton/engine/protocol';
import { badRequest } from '../problem.ts';
import type { Routes } from '../route.ts';

export const usageMetrics: Routes = {
  'GET /v2/system/usage-metrics': async ({ query }, { history }) => {
    const [from, to] = ['startTime', 'endTime'].map((name) => Date.parse(query.get(name) ?? ''));
    if (Number.isNaN(from) || Number.isNaN(to)) {
      const [wrong] = Number.isNaN(from) ? ['startTime'] : ['endTime'];
      const given = query.get(wrong!);
      return failed(
        badRequest(
          given === null
            ? `Required request parameter '${wrong}' is not present.`
            : `Failed to convert '${wrong}' with value: '${given}'`,
        ),
      );
    }
    const within = (time: number) => time >= from! && time <= to!;
    await history.caughtUp();
    const all = { newestFirst: false, from: 0, limit: 0 };
    const tenants = new Set<string>();
    const assignees = new Set<string>();
    const started = await history.instances({
      ...all,
      matches({ startTime, parentProcessInstanceKey, tenantId }) {
        const counts = within(startTime) && parentProcessInstanceKey <= 0;
        if (counts) tenants.add(tenantId);
        return counts;
      },
    });
    await history.userTasks({
      ...all,
      matches({ creationTime, assignee }) {
        if (within(creationTime) && assignee !== '') assignees.add(assignee);
        return false;
      },
    });
    return ok({
      status: 200,
      json: {
        processInstances: started.total,
        decisionInstances: 0,
        assignees: assignees.size,
        activeTenants: tenants.size,
        tenants: {},
      },
    });
  },
};

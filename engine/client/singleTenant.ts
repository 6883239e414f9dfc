import { DEFAULT_TENANT, failed, ok } from '@baton/engine/protocol';
import type { EngineClient, EngineCommands, EngineFailure, EngineQueries, StreamedRecord } from './ports.ts';

/**
 * A cluster without multi-tenancy knows one tenant, `<default>`. It serves one of ours, under that one's name; all others
 * find it empty and may not write to it.
 */
export function serveOneTenant(client: EngineClient, tenant: string): EngineClient {
  const refused: EngineFailure = {
    code: 'PERMISSION_DENIED',
    message: `Expected tenant '${tenant}', which this cluster serves alone: its multi-tenancy is off`,
  };
  const missing: EngineFailure = {
    code: 'NOT_FOUND',
    message: 'Expected to find it, but there is no such thing',
  };
  const ours = (tenantId: string) => tenantId === tenant;
  const named = <T extends { tenantId: string }>(item: T): T =>
    item.tenantId === DEFAULT_TENANT ? { ...item, tenantId: tenant } : item;

  const { commands, queries, jobs, records } = client;
  const forOurs =
    <A extends unknown[], R>(command: (tenantId: string, ...rest: A) => Promise<R>, refusal: R) =>
    async (tenantId: string, ...rest: A): Promise<R> =>
      ours(tenantId) ? command(tenantId, ...rest) : refusal;

  return {
    ...client,
    commands: {
      ...commands,
      deploy: forOurs(commands.deploy, failed(refused)),
      createInstance: forOurs(commands.createInstance, failed(refused)),
      createInstanceWithResult: forOurs(commands.createInstanceWithResult, failed(refused)),
      publishMessage: forOurs(commands.publishMessage, failed(refused)),
    } satisfies EngineCommands,
    jobs: {
      ...jobs,
      async activate(request, signal) {
        const found = await jobs.activate(request, signal);
        return found.ok ? ok(found.value.map(named)) : found;
      },
      stream: (request, onJob, onEnd) => jobs.stream(request, (job) => onJob(named(job)), onEnd),
    },
    queries: {
      instances: forOurs(queries.instances, ok({ items: [], total: 0 })),
      instance: forOurs(queries.instance, failed(missing)),
      elementInstances: forOurs(queries.elementInstances, failed(missing)),
      takenFlows: forOurs(queries.takenFlows, failed(missing)),
      variables: forOurs(queries.variables, failed(missing)),
      incidents: forOurs(queries.incidents, ok({ items: [], total: 0 })),
      incident: forOurs(queries.incident, failed(missing)),
      userTasks: forOurs(queries.userTasks, ok({ items: [], total: 0 })),
      userTask: forOurs(queries.userTask, failed(missing)),
      userTaskVariables: forOurs(queries.userTaskVariables, failed(missing)),
      userTaskForm: forOurs(queries.userTaskForm, failed(missing)),
      definition: forOurs(queries.definition, failed(missing)),
      history: forOurs(queries.history, failed(missing)),
    } satisfies EngineQueries,
    records: {
      subscribe: (position, onRecords) =>
        records.subscribe(position, (batch: StreamedRecord[]) => onRecords(batch.map(named))),
    },
  };
}

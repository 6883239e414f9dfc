import type {
  DefinitionItem,
  ElementInstanceItem,
  EngineClient,
  EngineFailure,
  FormItem,
  IncidentItem,
  InstanceItem,
  StreamedRecord,
  UserTaskItem,
  VariableItem,
} from '@baton/engine/client';
import { type Failed, failed, type JsonObject, ok } from '@baton/engine/protocol';

/** An engine in a few maps: says what it was told, and keeps what it was asked to do. */
export interface FakeEngine extends EngineClient {
  instances: InstanceItem[];
  elements: ElementInstanceItem[];
  variableItems: VariableItem[];
  incidentItems: IncidentItem[];
  userTaskItems: UserTaskItem[];
  /** By the key of their task. */
  userTaskForms: { [key: string]: FormItem };
  definitions: (DefinitionItem & { xml: string })[];
  records: EngineClient['records'] & { emit(records: StreamedRecord[]): void };
  /** Commands received, in order. */
  received: { command: string; args: unknown[] }[];
  /** When set, every call fails with it. */
  failure: EngineFailure | undefined;
}

export function createFakeEngine(): FakeEngine {
  const listeners = new Set<(records: StreamedRecord[]) => void>();
  let nextKey = 2251799813685249n;
  const key = () => String(nextKey++);
  const missing = (what: string): Failed<EngineFailure> =>
    failed({ code: 'NOT_FOUND', message: `Expected ${what}, but there is none` });
  const page = <T>(items: T[], { from, limit }: { from: number; limit: number }) =>
    ok({ items: items.slice(from, from + limit), total: items.length });

  const engine: FakeEngine = {
    instances: [],
    elements: [],
    variableItems: [],
    incidentItems: [],
    userTaskItems: [],
    userTaskForms: {},
    definitions: [],
    received: [],
    failure: undefined,
    commands: {
      topology: () => answer(ok({ gatewayVersion: '8.8.0', brokers: 1, partitions: 1 })),
      deploy: (tenantId, resources) => {
        command('deploy', [tenantId, resources]);
        const models = resources.filter(({ name }) => name.endsWith('.bpmn'));
        const processes = models.map(({ name, content }) => {
          const bpmnProcessId = /process id="([^"]+)"/.exec(content)?.[1] ?? '';
          const processDefinitionKey = key();
          engine.definitions.push({
            processDefinitionKey,
            processDefinitionId: bpmnProcessId,
            name: bpmnProcessId,
            version: 1,
            tenantId,
            xml: content,
          });
          return { processDefinitionKey, bpmnProcessId, version: 1, resourceName: name, duplicate: false };
        });
        return answer(ok({ key: key(), processes }));
      },
      createInstance: (tenantId, process, variables) => {
        command('createInstance', [tenantId, process, variables]);
        const definition = engine.definitions.find(
          (item) =>
            item.tenantId === tenantId &&
            ('bpmnProcessId' in process
              ? item.processDefinitionId === process.bpmnProcessId
              : item.processDefinitionKey === process.processDefinitionKey),
        );
        if (!definition) return answer(missing('a process definition'));
        const processInstanceKey = key();
        const { processDefinitionKey, processDefinitionId, name, version } = definition;
        engine.instances.unshift({
          processInstanceKey,
          processDefinitionId,
          processDefinitionName: name,
          processDefinitionVersion: version,
          processDefinitionKey,
          state: 'ACTIVE',
          startDate: '2026-01-02T03:04:05.006+0000',
          endDate: undefined,
          hasIncident: false,
          incidents: 0,
          tenantId,
        });
        return answer(
          ok({ processInstanceKey, processDefinitionKey, bpmnProcessId: processDefinitionId, version }),
        );
      },
      createInstanceWithResult: () => answer(missing('a process definition')),
      cancelInstance: (...args) => done('cancelInstance', args),
      publishMessage: () => answer(ok({ key: key() })),
      setVariables: (...args) => done('setVariables', args),
      resolveIncident: (...args) => done('resolveIncident', args),
      updateJobRetries: (...args) => done('updateJobRetries', args),
      assignUserTask: (...args) => done('assignUserTask', args),
      unassignUserTask: (...args) => done('unassignUserTask', args),
      completeUserTask: (...args) => done('completeUserTask', args),
    },
    queries: {
      instances: (tenantId, filter, range) =>
        answer(
          page(
            engine.instances.filter(
              (item) => item.tenantId === tenantId && (!filter.state || item.state === filter.state),
            ),
            range,
          ),
        ),
      instance: (tenantId, wanted) =>
        answer(
          one(engine.instances, 'a run', (i) => i.tenantId === tenantId && i.processInstanceKey === wanted),
        ),
      elementInstances: () => answer(ok(engine.elements)),
      takenFlows: () => answer(ok(['flow-1'])),
      variables: () => answer(ok(engine.variableItems)),
      incidents: (tenantId, _filter, range) =>
        answer(
          page(
            engine.incidentItems.filter((item) => item.tenantId === tenantId),
            range,
          ),
        ),
      incident: (tenantId, wanted) =>
        answer(
          one(
            engine.incidentItems,
            'an incident',
            (i) => i.tenantId === tenantId && i.incidentKey === wanted,
          ),
        ),
      userTasks: (tenantId, _filter, range) =>
        answer(
          page(
            engine.userTaskItems.filter((item) => item.tenantId === tenantId),
            range,
          ),
        ),
      userTask: (tenantId, wanted) =>
        answer(
          one(
            engine.userTaskItems,
            'a user task',
            (i) => i.tenantId === tenantId && i.userTaskKey === wanted,
          ),
        ),
      userTaskVariables: () => answer(ok({ mood: 'angry' } as JsonObject)),
      userTaskForm: (_tenantId, wanted) => answer(ok(engine.userTaskForms[wanted])),
      definition: (tenantId, wanted) =>
        answer(
          one(
            engine.definitions,
            'a process definition',
            (i) => i.tenantId === tenantId && i.processDefinitionKey === wanted,
          ),
        ),
      history: (_tenantId, _key, range) => answer(page([] as StreamedRecord[], range)),
    },
    jobs: undefined as never,
    records: {
      subscribe(_position, onRecords) {
        listeners.add(onRecords);
        return () => listeners.delete(onRecords);
      },
      emit(records) {
        for (const listener of listeners) listener(records);
      },
    },
    close: async () => {},
  };
  return engine;

  function command(name: string, args: unknown[]) {
    engine.received.push({ command: name, args });
  }
  async function answer<R>(result: R): Promise<R | Failed<EngineFailure>> {
    return engine.failure ? failed(engine.failure) : result;
  }
  function done(name: string, args: unknown[]) {
    command(name, args);
    return answer(ok());
  }
  function one<T>(items: T[], what: string, matches: (item: T) => boolean) {
    const found = items.find(matches);
    return found ? ok(found) : missing(what);
  }
}

import { failed, type MessageValue, ok, type ProcessInstanceCreationValue } from '@baton/engine/protocol';
import type { ActivatedJob, Checker, ProcessingContext } from '../processing/types.ts';
import type { State } from '../state/state.ts';
import type { Store, Table } from '../state/store.ts';
import type { Domain } from './domain.ts';

/**
 * A domain small enough to follow by hand, for the tests of the stream: messages are counters. Publishing adds `by` to the
 * counter of that name; `boom` is a bug, `limit` the highest count allowed; `echo` publishes that many more by follow-ups;
 * after `wait` ms the counter is taken
 * away, unless it is named `stuck`.
 */
export interface Toy {
  counters: Table<string, { count: number; key: number }>;
  deadlines: Table<readonly [number, string], { key: number }>;
}

interface ToyVariables {
  by?: number;
  boom?: boolean;
  limit?: number;
  echo?: number;
  wait?: number;
  instance?: number;
}

export function publish(name: string, variables: ToyVariables = {}, tenantId = 'acme') {
  const value: MessageValue = {
    name,
    correlationKey: '',
    timeToLive: -1,
    messageId: '',
    variables: { ...variables },
    deadline: -1,
  };
  return { valueType: 'MESSAGE', intent: 'PUBLISH', key: -1, value, tenantId } as const;
}

/** Starts an "instance" that completes with the next message that names it by `instance`. */
export function create(tenantId = 'acme') {
  const value: ProcessInstanceCreationValue = {
    bpmnProcessId: 'toy',
    version: 1,
    processDefinitionKey: 1,
    processInstanceKey: -1,
    variables: {},
    startInstructions: [],
    awaitResult: false,
    fetchVariables: [],
  };
  return { valueType: 'PROCESS_INSTANCE_CREATION', intent: 'CREATE', key: -1, value, tenantId } as const;
}

function toyJob(key: number, type: string, { tenantId, now }: ProcessingContext): ActivatedJob {
  return {
    key,
    type,
    tenantId,
    processInstanceKey: -1,
    bpmnProcessId: 'toy',
    processDefinitionVersion: 1,
    processDefinitionKey: 1,
    elementId: 'task',
    elementInstanceKey: -1,
    customHeaders: {},
    worker: 'worker',
    retries: 3,
    deadline: now + 1000,
    variables: {},
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    tags: [],
  };
}

const toyOf = (state: State) => state as unknown as Toy;

const expiry: Checker = {
  nextDue(state) {
    for (const { key } of toyOf(state).deadlines.range({ limit: 1 })) return key[0];
    return undefined;
  },
  *due(state, now) {
    for (const { key, value } of toyOf(state).deadlines.range({ end: [now + 1, ''] })) {
      const message = publish(key[1]).value;
      yield {
        valueType: 'MESSAGE',
        intent: 'EXPIRE',
        key: value.key,
        value: { ...message, deadline: key[0] },
        tenantId: 'acme',
      };
    }
  },
};

export const toyDomain: Domain = {
  stateLayout: 1,
  createState: (store: Store) =>
    ({
      counters: store.table('counters'),
      deadlines: store.table('deadlines'),
    }) satisfies Toy as unknown as State,
  createQueries: () => ({
    process: () => undefined,
    processes: () => [],
    batchOperation: () => undefined,
    batchOperations: () => [],
    batchOperationItems: () => [],
    decision: () => undefined,
    decisions: () => [],
    decisionRequirements: () => undefined,
    allDecisionRequirements: () => [],
    form: () => undefined,
    latestForm: () => undefined,
    resource: () => undefined,
  }),
  processors: {
    MESSAGE: {
      PUBLISH(command, context) {
        const { name, variables } = command.value;
        const { by = 1, boom, limit, echo = 0, wait, instance } = variables as ToyVariables;
        const key = context.nextKey();
        const deadline = wait === undefined ? -1 : context.now + wait;
        context.event('MESSAGE', 'PUBLISHED', key, { ...command.value, variables: { by }, deadline });
        if (instance !== undefined) {
          const result = {
            bpmnProcessId: 'toy',
            version: 1,
            processDefinitionKey: 1,
            processInstanceKey: instance,
            variables: { by },
          };
          context.event('PROCESS_INSTANCE_RESULT', 'COMPLETED', instance, result);
          context.effect({ kind: 'resultReady', result: { ...result, tenantId: context.tenantId } });
        }
        if (boom) throw new Error('boom');
        const { count } = toyOf(context.state).counters.get(name)!;
        if (limit !== undefined && count > limit) {
          return failed({ type: 'INVALID_STATE', reason: `Expected at most ${limit}, but got ${count}` });
        }
        if (echo > 0) {
          context.command('MESSAGE', 'PUBLISH', -1, {
            ...command.value,
            variables: { ...variables, echo: echo - 1 },
          });
        }
        const stream = context.streams.pick(name, context.tenantId);
        if (stream)
          context.effect({
            kind: 'jobActivated',
            streamId: stream.streamId,
            jobs: [toyJob(key, name, context)],
          });
        context.effect({ kind: 'jobsAvailable', jobType: name, tenantId: context.tenantId });
        context.respond({
          valueType: 'MESSAGE',
          intent: 'PUBLISHED',
          key,
          value: command.value,
          attachment: count,
        });
        return ok();
      },
      EXPIRE(command, context) {
        if (command.value.name === 'stuck')
          return failed({ type: 'INVALID_STATE', reason: 'Expected to expire, but is stuck' });
        context.event('MESSAGE', 'EXPIRED', command.key, command.value);
        return ok();
      },
    },
    JOB: {
      YIELD(command, context) {
        context.event('JOB', 'YIELDED', command.key, command.value);
        return ok();
      },
    },
    PROCESS_INSTANCE_CREATION: {
      CREATE(command, context) {
        const key = context.nextKey();
        const value = { ...command.value, processInstanceKey: key };
        context.event('PROCESS_INSTANCE_CREATION', 'CREATED', key, value);
        return ok();
      },
    },
  },
  appliers: {
    MESSAGE: {
      PUBLISHED(state, event) {
        const { counters, deadlines } = toyOf(state);
        const { name, variables, deadline } = event.value;
        const count = (counters.get(name)?.count ?? 0) + (variables as { by: number }).by;
        counters.put(name, { count, key: event.key });
        if (deadline >= 0) deadlines.put([deadline, name], { key: event.key });
      },
      EXPIRED(state, event) {
        const { counters, deadlines } = toyOf(state);
        counters.delete(event.value.name);
        deadlines.delete([event.value.deadline, event.value.name]);
      },
    },
  },
  checkers: [expiry],
};

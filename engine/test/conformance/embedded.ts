import { type CommandRequest, commands, createBroker } from '@baton/engine/broker';
import { createFeel } from '@baton/engine/feel';
import { createGrpcServer } from '@baton/engine/grpc';
import {
  type AdHocActivation,
  DEFAULT_TENANT,
  type JobResult,
  type JsonObject,
} from '@baton/engine/protocol';
import { createTestWorld } from '../../broker/stream/testWorld.ts';
import type { SeenRecord, Target } from './target.ts';
import { connectZeebe } from './zeebeGrpc.ts';

/** The embedded broker in memory behind its gRPC door, with a clock that stands still until the scenario moves it. */
export async function openEmbedded(): Promise<Target> {
  const world = createTestWorld();
  const broker = await createBroker({
    dataDirectory: undefined,
    world,
    feel: createFeel({ random: () => 0.5, uuid: () => '01890a5d-ac96-774b-bcce-b302099a8057' }),
    maxPendingCommands: 1000,
  });
  let seen: SeenRecord[] = [];
  broker.subscribe(-1, (records) => void seen.push(...(records as unknown as SeenRecord[])));
  const server = createGrpcServer({ broker, schedule: world.schedule, multiTenancy: false });
  const grpc = await connectZeebe(`127.0.0.1:${await server.listen(0, '127.0.0.1')}`);

  async function idle(): Promise<void> {
    for (let before = -1; before < broker.lastPosition; ) {
      before = broker.lastPosition;
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    name: 'embedded',
    grpc,
    defaultTenant: '<default>',
    async advance(ms) {
      await idle();
      world.advance(ms);
      for (let before = -1; before < broker.lastPosition; ) {
        before = broker.lastPosition;
        await idle();
        // what fell due by the records just written
        world.advance(0);
        await idle();
      }
    },
    async command({ valueType, intent, key, value, operationReference }) {
      const answer = await broker.execute({
        ...commandOf(valueType, intent, key, value),
        ...(operationReference !== undefined && { operationReference }),
      });
      return answer.ok ? undefined : `${answer.failure.type}: ${answer.failure.reason}`;
    },
    async records() {
      await idle();
      const records = seen;
      seen = [];
      return records;
    },
    async close() {
      grpc.close();
      await server.close();
      await broker.close();
    },
  };
}

/** Values as records of the real broker have them. */
function commandOf(valueType: string, intent: string, key: number, value: JsonObject): CommandRequest {
  if (valueType === 'AD_HOC_SUB_PROCESS_INSTRUCTION') {
    const { adHocSubProcessInstanceKey, activateElements, cancelRemainingInstances } = value;
    return commands.activateAdHocElements(
      Number(adHocSubProcessInstanceKey),
      (activateElements as unknown as AdHocActivation[]).map((one) => ({
        ...one,
        variables: one.variables ?? {},
      })),
      cancelRemainingInstances === true,
    ) as CommandRequest;
  }
  if (valueType === 'JOB' && intent === 'COMPLETE')
    return commands.completeJob(key, ...answerOf(value)) as CommandRequest;
  if (valueType === 'PROCESS_INSTANCE') return commands.cancelInstance(key) as CommandRequest;
  if (valueType === 'INCIDENT') return commands.resolveIncident(key) as CommandRequest;
  if (valueType === 'JOB' && intent !== 'UPDATE') {
    const changed = commands.updateJob(key, value);
    return { ...changed, intent } as CommandRequest;
  }
  if (valueType === 'JOB') {
    const { retries, timeout } = value;
    return commands.updateJob(key, {
      ...(retries !== undefined && { retries: Number(retries) }),
      ...(timeout !== undefined && { timeout: Number(timeout) }),
    }) as CommandRequest;
  }
  if (valueType === 'VARIABLE_DOCUMENT') {
    const { scopeKey, variables, updateSemantics } = value;
    return commands.setVariables(
      Number(scopeKey),
      variables as JsonObject,
      updateSemantics as 'LOCAL' | 'PROPAGATE',
    ) as CommandRequest;
  }
  if (valueType === 'MESSAGE_CORRELATION') {
    const { name, correlationKey, variables } = value;
    const message = {
      name: `${name}`,
      correlationKey: `${correlationKey}`,
      variables: (variables ?? {}) as JsonObject,
    };
    return commands.correlateMessage(message, '<default>') as CommandRequest;
  }
  if (valueType === 'PROCESS_INSTANCE_CREATION') {
    const empty = { bpmnProcessId: '', version: -1, processDefinitionKey: -1, variables: {} };
    return commands.createInstance({ ...empty, ...value }, DEFAULT_TENANT) as CommandRequest;
  }
  const { candidateGroupsList, candidateUsersList, ...given } = value;
  const named = {
    ...given,
    ...(candidateGroupsList && { candidateGroups: candidateGroupsList }),
    ...(candidateUsersList && { candidateUsers: candidateUsersList }),
  };
  const empty = commands.assignUserTask(key, '', '');
  return { ...empty, intent, value: { ...empty.value, ...named } } as CommandRequest;
}

/** What a worker answers: variables and a result, with corrections of only some attributes. */
function answerOf({
  variables,
  result,
}: JsonObject): [JsonObject, Partial<JobResult> & Pick<JobResult, 'type'>] {
  const { isCompletionConditionFulfilled, isCancelRemainingInstances, ...rest } = (result ?? {
    type: 'USER_TASK',
  }) as JsonObject;
  const given = rest as unknown as Partial<JobResult> & Pick<JobResult, 'type'>;
  const { activateElements = [], corrections } = given;
  return [
    (variables ?? {}) as JsonObject,
    {
      ...given,
      completionConditionFulfilled: isCompletionConditionFulfilled === true,
      cancelRemainingInstances: isCancelRemainingInstances === true,
      activateElements: activateElements.map((one) => ({ ...one, variables: one.variables ?? {} })),
      corrections: {
        assignee: '',
        candidateGroupsList: [],
        candidateUsersList: [],
        dueDate: '',
        followUpDate: '',
        priority: -1,
        ...corrections,
      },
    },
  ];
}

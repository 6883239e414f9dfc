import { type ActivatedJob, type ListenedUserTask, userTaskOfListener } from '@baton/engine/broker';
import { writeJson } from '@baton/engine/protocol';

/** Numbers of the protocol's enums. */
const kinds = {
  BPMN_ELEMENT: 0,
  EXECUTION_LISTENER: 1,
  TASK_LISTENER: 2,
  AD_HOC_SUB_PROCESS: 3,
} satisfies { [K in ActivatedJob['kind']]: number };
const listenerEventTypes = {
  ASSIGNING: 0,
  CANCELING: 1,
  COMPLETING: 2,
  CREATING: 3,
  END: 4,
  START: 5,
  UNSPECIFIED: 6,
  UPDATING: 7,
} satisfies { [E in ActivatedJob['listenerEventType']]: number };

/** `ActivatedJob` of the protocol; documents travel as JSON text. */
export interface JobMessage
  extends Omit<ActivatedJob, 'customHeaders' | 'variables' | 'kind' | 'listenerEventType'> {
  customHeaders: string;
  variables: string;
  kind: number;
  listenerEventType: number;
  userTask?: Partial<ListenedUserTask>;
}

export function jobMessage(activated: ActivatedJob): JobMessage {
  const { kind, listenerEventType, customHeaders, variables, ...job } = activated;
  return {
    ...job,
    kind: kinds[kind],
    listenerEventType: listenerEventTypes[listenerEventType],
    customHeaders: JSON.stringify(customHeaders),
    variables: writeJson(variables),
    ...(kind === 'TASK_LISTENER' && { userTask: userTaskMessage(activated) }),
  };
}

/** What the task does not have is absent. */
function userTaskMessage(job: ActivatedJob): Partial<ListenedUserTask> {
  const all = Object.entries(userTaskOfListener(job));
  return Object.fromEntries(all.filter(([, value]) => value !== '' && value !== undefined));
}

/** Upper bound of what the job's documents take, in bytes. */
export function textBytes(job: JobMessage): number {
  const documents = Buffer.byteLength(job.variables) + Buffer.byteLength(job.customHeaders);
  // what a listener is told of the task stands in its headers, too
  return documents + (job.userTask ? Buffer.byteLength(job.customHeaders) : 0) + 1024;
}

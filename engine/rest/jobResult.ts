import { type ActivatedJob, userTaskOfListener } from '@baton/engine/broker';
import {
  type AdHocActivation,
  failed,
  type JobResult,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
} from '@baton/engine/protocol';
import { invalidArgument, type Problem } from './problem.ts';
import { readVariables } from './requests.ts';

type Given = Partial<JobResult> & Pick<JobResult, 'type'>;

/** Names of corrections in a body, and as records have them. */
const corrections = {
  assignee: 'assignee',
  candidateGroups: 'candidateGroupsList',
  candidateUsers: 'candidateUsersList',
  dueDate: 'dueDate',
  followUpDate: 'followUpDate',
  priority: 'priority',
} as const;

/** The `result` of a completed job, by its type; absent where the body has none. */
export function readJobResult(value: JsonValue | undefined): Result<Given | undefined, Problem> {
  if (value === undefined || value === null) return ok(undefined);
  if (!isObject(value)) return failed(invalidArgument('Expected result to be a JSON object, but it is not'));
  if (value.type === 'adHocSubProcess') {
    const activateElements = readActivations(value.activateElements);
    if (!activateElements.ok) return activateElements;
    return ok({
      type: 'AD_HOC_SUB_PROCESS',
      activateElements: activateElements.value,
      completionConditionFulfilled: value.isCompletionConditionFulfilled === true,
      cancelRemainingInstances: value.isCancelRemainingInstances === true,
    });
  }
  if (value.type !== undefined && value.type !== null && value.type !== 'userTask')
    return failed(
      invalidArgument(
        `Expected result type to be one of 'userTask' and 'adHocSubProcess', but was '${String(value.type)}'`,
      ),
    );
  const given = isObject(value.corrections) ? value.corrections : {};
  const named = Object.entries(corrections).filter(
    ([name]) => given[name] !== undefined && given[name] !== null,
  );
  return ok({
    type: 'USER_TASK',
    denied: value.denied === true,
    deniedReason: String(value.deniedReason ?? ''),
    correctedAttributes: named.map(([, attribute]) => attribute),
    corrections: {
      assignee: '',
      candidateGroupsList: [],
      candidateUsersList: [],
      dueDate: '',
      followUpDate: '',
      priority: -1,
      ...Object.fromEntries(named.map(([name, attribute]) => [attribute, given[name]])),
    },
  });
}

/** Elements of an ad-hoc sub-process with the variables that each gets. */
export function readActivations(value: JsonValue | undefined): Result<AdHocActivation[], Problem> {
  const activations: AdHocActivation[] = [];
  for (const one of Array.isArray(value) ? value : []) {
    if (!isObject(one) || typeof one.elementId !== 'string' || one.elementId === '')
      return failed(invalidArgument('No elementId provided.'));
    const variables = readVariables(one.variables);
    if (!variables.ok) return variables;
    activations.push({ elementId: one.elementId, variables: variables.value });
  }
  return ok(activations);
}

/** The user task that a listener's job is about; keys are text. */
export function listenedUserTask(job: Pick<ActivatedJob, 'customHeaders'>) {
  const { userTaskKey, formKey, ...task } = userTaskOfListener(job);
  return { ...task, userTaskKey: String(userTaskKey), ...(formKey && { formKey: String(formKey) }) };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

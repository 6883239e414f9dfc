import { type AdHocActivation, failed, type JobResult, ok, type Result } from '@baton/engine/protocol';
import { readVariables } from './requests.ts';
import { invalidArgument, type Status } from './status.ts';

/** `JobResult` of the protocol; what is not given is absent or null. */
export interface JobResultMessage {
  denied?: boolean | null;
  deniedReason?: string | null;
  corrections?: CorrectionsMessage | null;
  type?: string | null;
  activateElements?: { elementId: string; variables: string }[];
  isCompletionConditionFulfilled?: boolean | null;
  isCancelRemainingInstances?: boolean | null;
}

interface CorrectionsMessage {
  assignee?: string | null;
  dueDate?: string | null;
  followUpDate?: string | null;
  candidateUsers?: { values?: string[] } | null;
  candidateGroups?: { values?: string[] } | null;
  priority?: number | null;
}

type Given = Partial<JobResult> & Pick<JobResult, 'type'>;

/** What a worker answers beside variables, by its type; `userTask` where it names none. */
export function readJobResult(
  message: JobResultMessage | null | undefined,
): Result<Given | undefined, Status> {
  if (!message) return ok(undefined);
  const type = message.type || 'userTask';
  if (type === 'adHocSubProcess') {
    const activateElements = readActivations(message.activateElements ?? []);
    if (!activateElements.ok) return activateElements;
    return ok({
      type: 'AD_HOC_SUB_PROCESS',
      activateElements: activateElements.value,
      completionConditionFulfilled: message.isCompletionConditionFulfilled === true,
      cancelRemainingInstances: message.isCancelRemainingInstances === true,
    });
  }
  if (type !== 'userTask')
    return failed(
      invalidArgument(
        `Expected result type to be one of 'userTask' and 'adHocSubProcess', but was '${type}'`,
      ),
    );
  const { assignee, dueDate, followUpDate, candidateUsers, candidateGroups, priority } = given(message);
  const corrected = {
    ...present('assignee', assignee),
    ...present('candidateGroupsList', candidateGroups && [...(candidateGroups.values ?? [])]),
    ...present('candidateUsersList', candidateUsers && [...(candidateUsers.values ?? [])]),
    ...present('dueDate', dueDate),
    ...present('followUpDate', followUpDate),
    ...present('priority', priority),
  };
  return ok({
    type: 'USER_TASK',
    denied: message.denied === true,
    deniedReason: message.deniedReason ?? '',
    correctedAttributes: Object.keys(corrected),
    corrections: {
      assignee: '',
      candidateGroupsList: [],
      candidateUsersList: [],
      dueDate: '',
      followUpDate: '',
      priority: -1,
      ...corrected,
    },
  });
}

/** An optional field that was not sent stands on the prototype. */
function given({ corrections }: JobResultMessage): CorrectionsMessage {
  return corrections
    ? Object.fromEntries(Object.entries(corrections).filter(([name]) => Object.hasOwn(corrections, name)))
    : {};
}

function present<V>(name: string, value: V | null | undefined): { [name: string]: V } {
  return value === undefined || value === null ? {} : { [name]: value };
}

function readActivations(
  elements: readonly { elementId: string; variables: string }[],
): Result<AdHocActivation[], Status> {
  const activations: AdHocActivation[] = [];
  for (const { elementId, variables } of elements) {
    const read = readVariables(variables);
    if (!read.ok) return read;
    activations.push({ elementId, variables: read.value });
  }
  return ok(activations);
}

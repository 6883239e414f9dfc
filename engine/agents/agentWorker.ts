import type { Job, JobHandler, JobOutcome } from '@baton/engine/worker';
import { readAgentHeader } from './agentHeader.ts';
import { differenceOf } from './answer.ts';
import type { AssignedInstances } from './assignedInstances.ts';
import type { TaskDefinition, Versioned } from './definitions.ts';
import type { AgentFailure } from './failures.ts';
import type { AgentStops } from './isolation/stops.ts';
import { ownerOf, resultVariables } from './jobAnswer.ts';
import { variablesOf } from './jobInput.ts';
import type { Questions } from './questions/questions.ts';
import { waitForAnswers } from './questions/waitForAnswers.ts';
import { type RunAgent, type RunDependencies, runAgent } from './runner.ts';

export const AGENT_JOB_TYPE = 'agent';

/** ms before a provider that was away is asked again. */
const BACKOFF = 2_000;

export interface AgentWorkerDependencies extends RunDependencies {
  /** Jobs of agents with tasks they are assigned; without, every job takes the latest version of its task. */
  instances?: Pick<AssignedInstances, 'run'>;
  /** Does the runs; without, they go on where their jobs are handled. */
  run?: RunAgent;
  /** Wakes jobs of stopped agents; without, they look again by themselves. */
  stops?: Pick<AgentStops, 'keep'>;
}

/** ms after which a job looks again whether its agent is started. */
const LOOK_FOR_START = 60_000;

function incident(code: string, message: string): JobOutcome {
  return { kind: 'fail', retries: 0, message: `${code}: ${message}` };
}

/** @param text what the agent said so far: a limit that is reached, or a policy, leaves it to the process */
function outcomeOf(failure: AgentFailure, job: Job, text: string, questions: Questions): JobOutcome {
  switch (failure.code) {
    case 'BUDGET_EXCEEDED':
    case 'AGENT_LOOP':
    case 'GUARDRAIL_VIOLATION':
      return {
        kind: 'bpmnError',
        code: failure.code,
        message: failure.message,
        ...(text !== '' && { variables: resultVariables(job, { text }) }),
      };
    case 'AGENT_STOPPED':
      return { kind: 'wait', ms: LOOK_FOR_START, over: async () => false };
    case 'AGENT_INPUT_INVALID':
      return incident(failure.code, failure.violations.map(({ message }) => message).join('\n'));
    case 'AGENT_ANSWER_INVALID':
      return incident(failure.code, differenceOf(failure.violations, text));
    case 'PROMPT_NOT_FOUND':
    case 'PROMPT_UNUSABLE':
    case 'POLICY_NOT_FOUND':
    case 'TOOL_NOT_FOUND':
    case 'TASK_NOT_FOUND':
    case 'TOOL_QUARANTINED':
      return incident(failure.code, failure.message);
    case 'QUESTION_OPEN':
      return waitForAnswers(questions, job, failure.questions);
    case 'QUOTA_EXCEEDED':
      return incident(failure.code, failure.message);
    case 'RUN_CANCELLED':
    case 'CONVERSATION_BUSY':
      return { kind: 'fail', message: `${failure.code}: ${failure.message}`, backoff: BACKOFF };
    default:
      return failure.retryable
        ? { kind: 'fail', message: `${failure.code}: ${failure.message}`, backoff: BACKOFF }
        : incident(failure.code, failure.message);
  }
}

/**
 * Handles jobs of `type="agent"`: headers `agent` (`triage`, `triage@production`, `triage@12`) and, when the answer has a contract, `task`; `resultVariable` names
 * where the answer goes.
 */
export function createAgentHandler({
  instances,
  stops,
  run = (what, signal) => runAgent(what, dependencies, signal),
  ...dependencies
}: AgentWorkerDependencies): JobHandler {
  const { catalog, calls, questions } = dependencies;
  return async (job: Job, signal) => {
    const { agent: header, task: taskName } = job.headers;
    if (!header) return incident('AGENT_NOT_NAMED', 'Expected a task header agent, but there is none');
    const named = readAgentHeader(header);
    if (!named)
      return incident(
        'AGENT_NOT_NAMED',
        `Expected a task header agent like triage, triage@production or triage@12, but it is '${header}'`,
      );
    const { name: agentName } = named;
    const owner = ownerOf(job);
    // A run that has begun goes on with the versions it began with.
    const begun = (await calls.ofElement(job.tenantId, job.elementInstanceKey)).find(
      (call) => call.kind === 'model' && call.sequence === 1 && call.name === agentName,
    );
    if (begun) await questions.awake(job.tenantId, job.elementInstanceKey);
    const agent = await catalog.agent(job.tenantId, agentName, begun?.version ?? named.version);
    if (!agent) return incident('AGENT_NOT_FOUND', `Expected an agent '${header}', but there is none`);
    const work = async (task: Versioned<TaskDefinition> | undefined): Promise<JobOutcome> => {
      const { result, text } = await run({ agent, task, variables: variablesOf(job), owner, begun }, signal);
      if (result.ok) return { kind: 'complete', variables: resultVariables(job, result.value) };
      const outcome = outcomeOf(result.failure, job, text, questions);
      if (result.failure.code !== 'AGENT_STOPPED' || outcome.kind !== 'wait' || !stops) return outcome;
      const kept = { tenantId: job.tenantId, agentId: agent.id, jobKey: job.key };
      return { ...outcome, over: () => stops.keep(kept) };
    };
    if (!taskName) return work(undefined);
    const taskVersion = begun?.taskVersion;
    const ran = await instances?.run(
      { tenantId: job.tenantId, agent: agentName, task: taskName, taskVersion },
      work,
    );
    if (ran) return ran.value;
    const unassigned = await catalog.task(job.tenantId, taskName, taskVersion);
    return unassigned
      ? work(unassigned)
      : incident('TASK_NOT_FOUND', `Expected a task '${taskName}', but there is none`);
  };
}

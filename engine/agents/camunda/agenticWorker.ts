import { createGuard } from '@baton/engine/guardrails';
import type { JsonObject } from '@baton/engine/protocol';
import type { Job, JobHandler, JobOutcome } from '@baton/engine/worker';
import { ownerOf } from '../jobAnswer.ts';
import { variablesOf } from '../jobInput.ts';
import type { Offer } from '../offer.ts';
import { prepare } from '../preparedRun.ts';
import type { RunDependencies } from '../runner.ts';
import { type AgentContext, writeAgentContext, writeAnswer } from './agentContext.ts';
import { type AgenticInput, readAgenticInput } from './agenticInput.ts';
import { openCallsOf, turnOf } from './agenticTurn.ts';
import { agentOf } from './agentOfElement.ts';
import { toolsOf } from './elementTools.ts';
import { incident, outcomeOf } from './outcome.ts';
import { runTurn, type TurnEnd } from './runTurn.ts';
import { type NamedProvider, tenantProviderOf } from './tenantProvider.ts';

/** Types of jobs of ad-hoc sub-processes that are agents, as Camunda's element templates name them. */
export const AGENTIC_JOB_TYPES = [
  'io.camunda.agenticai:aiagent-job-worker:1',
  'io.camunda.agenticai:aiagent:subprocess:2',
] as const;

export interface AgenticWorkerDependencies extends RunDependencies {
  /** All that the tenant has set up. */
  providers(tenantId: string): Promise<readonly NamedProvider[]>;
}

/**
 * Handles jobs of ad-hoc sub-processes that are agents: each is one turn, which ends with tools to begin, or with the answer.
 * What the agent knows travels in the process (`agentContext`); its calls go through the same place as those of any agent.
 */
export function createAgenticHandler(dependencies: AgenticWorkerDependencies): JobHandler {
  /** By element instance: the turn at work. A newer job knows more, and the engine takes no answer for the older one. */
  const atWork = new Map<string, AbortController>();
  return async (job, outer) => {
    const key = JSON.stringify([job.tenantId, job.elementInstanceKey]);
    const superseded = new AbortController();
    atWork.get(key)?.abort();
    atWork.set(key, superseded);
    try {
      return await turn(job, dependencies, AbortSignal.any([outer, superseded.signal]));
    } finally {
      if (atWork.get(key) === superseded) atWork.delete(key);
    }
  };
}

async function turn(
  job: Job,
  dependencies: AgenticWorkerDependencies,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const { tenantId, elementInstanceKey } = job;
  const { models, providers, world } = dependencies;
  const read = readAgenticInput(variablesOf(job));
  if (!read.ok) return incident('AGENT_INPUT_INVALID', read.failure);
  const unasked = createGuard(undefined, await models.secrets(tenantId));
  const systemPrompt = unasked.check('input', read.value.systemPrompt).text ?? '';
  const input = { ...read.value, systemPrompt };
  const tools = toolsOf(input.elements);
  if (!tools.ok) return incident('AGENT_INPUT_INVALID', tools.failure);
  const offered = tools.value;
  const known: AgentContext = input.context ?? {
    metrics: { modelCalls: 0, toolCalls: 0, inputTokens: 0, outputTokens: 0 },
    conversationId: world.newId(),
    messages: [],
    cost: 0,
    place: undefined,
  };
  const begins = known.place?.elementInstanceKey !== elementInstanceKey;
  const composed = turnOf(
    begins ? [] : openCallsOf(known.messages),
    input.results,
    offered,
    input.interrupts,
  );
  if (composed.kind === 'wait') return continued({}, [], offered, false);
  if (begins && input.results.some(({ id }) => id !== undefined)) {
    return incident(
      'TOOL_CALL_RESULTS_ON_EMPTY_CONTEXT',
      'Expected agentContext to know the calls that toolCallResults answers, but it has none: see that agentContext is an input of the ad-hoc sub-process',
    );
  }
  if (begins && input.userPrompt.trim() === '' && composed.events.length === 0) {
    return incident(
      'NO_USER_MESSAGE_CONTENT',
      'Expected data.userPrompt.prompt to ask for something, but it is empty',
    );
  }

  const { type, model } = input.provider;
  const provider = await tenantProviderOf(tenantId, type, models, providers);
  if (provider === undefined) {
    return incident(
      'PROVIDER_NOT_FOUND',
      `Expected a provider named '${type}', or one of that type, but there is none; set one up under the name '${type}', of any type that has the model '${model}'`,
    );
  }
  const agent = agentOf(job, input, provider, known);
  if (!agent.ok) return incident('AGENT_INPUT_INVALID', agent.failure);
  const prepared = await prepare(
    {
      agent: agent.value,
      unsaved: true,
      task: undefined,
      owner: ownerOf(job),
      variables: { prompt: input.userPrompt },
    },
    dependencies,
  );
  if (!prepared.ok) return outcomeOf(prepared.failure, job, undefined);

  const end = await runTurn(
    { input, prepared: prepared.value, offered, known, composed },
    dependencies,
    signal,
  );
  const context = writeAgentContext(
    end.context,
    input.systemPrompt,
    [...offered.values()].map(({ tool }) => tool),
  );
  const { result } = end;
  if (!result.ok) return outcomeOf(result.failure, job, responseOf(end, input, context));
  const { begin } = result.value;
  if (begin.length > 0)
    return continued({ agentContext: context, toolCallResults: [] }, begin, offered, composed.cancels);
  return {
    kind: 'complete',
    variables: { agentContext: context, agent: responseOf(end, input, context) },
    result: {
      type: 'adHocSubProcess',
      activateElements: [],
      isCompletionConditionFulfilled: true,
      isCancelRemainingInstances: composed.cancels,
    },
  };
}

/** The sub-process goes on: with these tools, or with what is at work already. */
function continued(
  variables: JsonObject,
  begin: TurnEnd['answer']['toolCalls'],
  offered: Offer,
  cancels: boolean,
): JobOutcome {
  return {
    kind: 'complete',
    variables,
    result: {
      type: 'adHocSubProcess',
      activateElements: begin.map(({ id, name, arguments: given }) => ({
        elementId: offered.get(name)?.name ?? name,
        // An empty result of its own keeps what the tool gives inside of its inner instance.
        variables: { toolCall: { _meta: { id, name }, ...given }, toolCallResult: '' },
      })),
      isCompletionConditionFulfilled: false,
      isCancelRemainingInstances: cancels,
    },
  };
}

/** The variable `agent`. */
function responseOf(
  { answer, result }: TurnEnd,
  { response }: AgenticInput,
  context: JsonObject,
): JsonObject {
  const json = result.ok ? result.value.json : undefined;
  return {
    ...(answer.text !== '' && response.format.type === 'text' && { responseText: answer.text }),
    ...(json !== undefined && { responseJson: json }),
    ...(response.includeAssistantMessage && { responseMessage: writeAnswer(answer) }),
    ...(response.includeAgentContext && { context }),
  };
}

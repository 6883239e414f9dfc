import { failed, ok, type Result } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import { durationOf } from '@baton/engine/worker';
import type { AgentDefinition, ModelChoice, SavedAgent } from '../definitions.ts';
import type { AgentContext } from './agentContext.ts';
import type { AgenticInput } from './agenticInput.ts';

/** Tokens of one answer where the model does not say. */
const ANSWER_TOKENS = 4_096;
const TIMEOUT = 60_000;
/** ms that one turn may take. */
const TURN = 600_000;

const mostTokens = 1_000_000;

/** `provider/model`, separated by commas: asked in this order when the one before cannot answer. */
function fallbacksOf(header: string | undefined): Result<ModelChoice[], string> {
  const choices: ModelChoice[] = [];
  for (const written of (header ?? '').split(',').map((each) => each.trim())) {
    if (written === '') continue;
    const [, provider, model] = /^([^/]+)\/(.+)$/.exec(written) ?? [];
    if (!provider || !model)
      return failed(`Expected the header fallbacks to be like openai/gpt-5, but it has '${written}'`);
    choices.push({ provider, model });
  }
  return ok(choices);
}

function limitOf(header: string | undefined, name: string): Result<number | undefined, string> {
  if (header === undefined || header.trim() === '') return ok(undefined);
  const number = Number(header);
  return number > 0
    ? ok(number)
    : failed(`Expected the header ${name} to be a number, but it is '${header}'`);
}

/** What a turn needs beside the definition of an agent: kept with it, so that recorded turns can be done over. */
export interface ElementTurns extends Pick<AgenticInput, 'systemPrompt' | 'window' | 'response'> {
  /** What the agent knew as its sub-process began. */
  known: Pick<AgentContext, 'metrics' | 'messages' | 'cost'>;
}

/** An agent that is an ad-hoc sub-process. */
export interface ElementAgent extends AgentDefinition {
  element: ElementTurns;
}

/**
 * The agent that an ad-hoc sub-process is: what its template asks for, and what the product adds to it by headers of the task:
 * `guardrails` (a policy of the tenant), `fallbacks`, `maxTokens`, `maxCost` (US dollars).
 */
export function agentOf(
  { elementId, headers }: Job,
  { provider, maxModelCalls, response, systemPrompt, window }: AgenticInput,
  providerName: string,
  { metrics, messages, cost }: AgentContext,
): Result<SavedAgent & { definition: ElementAgent }, string> {
  const fallbacks = fallbacksOf(headers.fallbacks);
  if (!fallbacks.ok) return fallbacks;
  const maxTokens = limitOf(headers.maxTokens, 'maxTokens');
  if (!maxTokens.ok) return maxTokens;
  const maxCost = limitOf(headers.maxCost, 'maxCost');
  if (!maxCost.ok) return maxCost;
  const { temperature = 1, topP, maxTokens: maxOutputTokens = ANSWER_TOKENS } = provider.parameters;
  return ok({
    id: '',
    version: 1,
    definition: {
      name: elementId,
      description: '',
      provider: providerName,
      model: provider.model,
      fallbacks: fallbacks.value,
      systemPrompt: '',
      userPrompt: '{{prompt}}',
      parameters: { temperature, topP, maxOutputTokens, stop: [] },
      tools: [],
      ...(headers.guardrails && { guardrails: headers.guardrails }),
      memory: { kind: 'none', keep: 'P1D', messages: 1 },
      context: { overflow: 'fail' },
      ...(response.format.type === 'json' && response.format.schema && { response: response.format.schema }),
      limits: {
        maxModelCalls,
        maxToolCalls: 1_000,
        maxRepeats: 5,
        maxIdleLoops: 3,
        maxTokens: maxTokens.value ?? mostTokens,
        timeout: durationOf(provider.timeout) ?? TIMEOUT,
        ...(maxCost.value !== undefined && { maxCost: maxCost.value }),
        maxDuration: TURN,
      },
      element: { systemPrompt, window, response, known: { metrics, messages, cost } },
    },
  });
}

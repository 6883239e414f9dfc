import type { Guard } from '@baton/engine/guardrails';
import { costOf, type ModelFailure, type ModelRequest, type ModelResponse } from '@baton/engine/llm';
import {
  type CallUsage,
  failed,
  type GuardVerdict,
  type JsonValue,
  ok,
  type Result,
  type RunBeginning,
} from '@baton/engine/protocol';
import { orAborted, withTimeout } from './abortable.ts';
import type { Budget } from './budget.ts';
import type { AgentFailure } from './failures.ts';
import { guardedJson, violation } from './guardedJson.ts';
import { namesOf, type Offer } from './offer.ts';
import type { Prepared } from './preparedRun.ts';
import type { AgentWorld, CallResult, RecordedCalls } from './recordedCalls.ts';
import type { HearRun } from './runner.ts';

export interface ModelCallContext {
  budget: Budget;
  calls: RecordedCalls;
  /** Of this call, taken before. */
  place: number;
  offered: Offer;
  /** Of what the run is asked, for the record of its first call. */
  verdicts: readonly GuardVerdict[];
  /** Of the first call of the run. */
  began: RunBeginning | undefined;
  world: AgentWorld;
  signal: AbortSignal;
  heard: HearRun | undefined;
}

/** About four characters a token; what is not counted by the provider is guessed, so that it has a bound. */
const tokensIn = (characters: number) => Math.ceil(characters / 4);

const nothing: CallUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };

/** Asks the model once: reserved, guarded, recorded, settled. */
export async function askModel(
  { agent, version, provider, guard, responseSchema, taskVersion, messages }: Prepared,
  { budget, calls, place, offered, verdicts, began, world, signal, heard }: ModelCallContext,
): Promise<Result<ModelResponse, AgentFailure>> {
  const askedTokens = tokensIn(messages.reduce((sum, { text }) => sum + text.length, 0));
  const reserved = budget.reserve(askedTokens);
  if (!reserved.ok) return reserved;
  const { temperature, topP, seed, stop, maxOutputTokens } = agent.parameters;
  const request: ModelRequest = {
    model: agent.model,
    messages: [...messages],
    tools: [...offered.values()].map(({ tool }) => tool),
    responseSchema,
    temperature,
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(stop.length > 0 && { stop: [...stop] }),
    maxOutputTokens: Math.min(reserved.value.outputTokens, maxOutputTokens ?? Number.POSITIVE_INFINITY),
  };
  const price = provider.priceOf?.(agent.model);
  const stream = heard && guard.stream('output', (text) => heard({ event: 'text.delta', data: { text } }));
  let failure: AgentFailure | undefined;
  let asked = false;

  const record = await calls.act<never>(
    {
      kind: 'model',
      name: agent.name,
      version,
      ...(taskVersion !== undefined && { taskVersion }),
      model: `${provider.name}/${agent.model}`,
      ...(offered.size > 0 && { offered: namesOf(offered) }),
      ...(began && { began }),
    },
    { ...request, responseSchema: responseSchema ?? null } as unknown as JsonValue,
    async (): Promise<CallResult> => {
      asked = true;
      const limited = withTimeout(world, agent.limits.timeout, signal);
      let spoken = 0;
      try {
        const hear = stream && {
          heard: ({ text }: { text: string }) => {
            // After that the answer is a failure: whoever goes on speaking is not heard.
            if (limited.signal.aborted) return;
            spoken += text.length;
            stream.hear(text);
          },
        };
        const result =
          (await orAborted(provider.generate(request, limited.signal, hear?.heard), limited.signal)) ??
          failed<ModelFailure>({
            code: 'MODEL_TIMEOUT',
            message: `Expected ${provider.name}/${agent.model} to answer within ${agent.limits.timeout} ms, but it did not`,
            retryable: true,
          });
        if (!result.ok) {
          failure = result.failure;
          const { code, message } = result.failure;
          const counted = { inputTokens: askedTokens, outputTokens: tokensIn(spoken) };
          // What was heard of an answer has its price, though it never came to an end.
          const usage = spoken > 0 ? { ...counted, cost: costOf(price, counted) } : nothing;
          return { response: null, error: { code, message }, usage };
        }
        const { inputTokens, outputTokens } = result.value;
        const usage = { inputTokens, outputTokens, cost: costOf(price, result.value) };
        const guarded = guardedResponse(guard, result.value);
        const looked = [...verdicts, ...guarded.verdicts];
        const told = looked.length > 0 ? { verdicts: looked } : {};
        if (guarded.response) {
          return { response: guarded.response as unknown as JsonValue, error: null, usage, ...told };
        }
        failure = violation(guarded.verdicts);
        return { response: null, error: violation(guarded.verdicts), usage, ...told };
      } finally {
        limited.done();
      }
    },
    { place },
  );
  budget.settle(record.usage);
  if (failure) {
    heard?.({ event: 'usage', data: { ...budget.used } });
    return failed(failure);
  }
  const response = record.response as unknown as ModelResponse;
  if (!asked && response.text !== '') stream?.hear(response.text);
  stream?.end();
  heard?.({ event: 'usage', data: { ...budget.used } });
  return ok(response);
}

/** What the model says and what it gives to tools, as far as it may go on. */
function guardedResponse(
  guard: Guard,
  response: ModelResponse,
): { response: ModelResponse | undefined; verdicts: GuardVerdict[] } {
  const { text, verdicts } =
    response.text === '' ? { text: '', verdicts: [] } : guard.check('output', response.text);
  if (text === undefined) return { response: undefined, verdicts };
  const toolCalls: ModelResponse['toolCalls'] = [];
  for (const call of response.toolCalls) {
    const guarded = guardedJson(guard, 'toolArguments', call.arguments);
    verdicts.push(...guarded.verdicts);
    if (guarded.value === undefined) return { response: undefined, verdicts };
    toolCalls.push({ ...call, arguments: guarded.value });
  }
  return { response: { ...response, text, toolCalls }, verdicts };
}

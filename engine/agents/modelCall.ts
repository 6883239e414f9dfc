import type { Guard } from '@baton/engine/guardrails';
import type { ModelFailure, ModelMessage, ModelRequest, ModelResponse } from '@baton/engine/llm';
import { costOf } from '@baton/engine/llm/price';
import {
  type CallContext,
  type CallFallback,
  type CallRecord,
  type CallUsage,
  failed,
  type GuardVerdict,
  type JsonValue,
  ok,
  type Result,
  type RunBeginning,
} from '@baton/engine/protocol';
import type { JsonSchema } from '@baton/tools-registry/contract';
import { orAborted, withTimeout } from './abortable.ts';
import type { Budget } from './budget.ts';
import { requestHash } from './canonical.ts';
import type { AgentFailure } from './failures.ts';
import { guardedJson, violation } from './guardedJson.ts';
import { namesOf, type Offer } from './offer.ts';
import { type Candidate, candidateName, type Prepared } from './preparedRun.ts';
import type { ActOptions, AgentWorld, CallResult, RecordedCalls } from './recordedCalls.ts';
import { tokensIn, tokensOfRequest } from './requestTokens.ts';
import type { HearRun } from './runner.ts';
import type { RunSpending } from './spending.ts';

/** What a model is asked, whichever it is. */
export interface Asking {
  messages: readonly ModelMessage[];
  offered: Offer;
  responseSchema: JsonSchema | undefined;
  /** Of what the run is asked, for the record of its first call. */
  verdicts: readonly GuardVerdict[];
  /** Of the first call of the run. */
  began: RunBeginning | undefined;
  /** What the messages are short of. */
  context: CallContext | undefined;
}

export interface ModelCallContext extends Asking {
  budget: Budget;
  calls: RecordedCalls;
  /** Of this call, taken before. */
  place: number;
  candidate: Candidate;
  fallback: CallFallback | undefined;
  /** The call as it was made here before: what was asked then is asked again, whatever may be spent by now. */
  known: CallRecord | undefined;
  /** Calls that failed here and are not gone on with: what they used is used. */
  superseded: readonly CallRecord[];
  stays: NonNullable<ActOptions['stays']>;
  /** The tenant's quotas count what is asked now. */
  spending: Pick<RunSpending, 'settle'> | undefined;
  world: AgentWorld;
  signal: AbortSignal;
  heard: HearRun | undefined;
}

const nothing: CallUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };

const recordable = (request: ModelRequest): JsonValue =>
  ({ ...request, responseSchema: request.responseSchema ?? null }) as unknown as JsonValue;

/** Reserves what it may write, unless it was asked just this before. */
function reservedRequest(
  { agent: { parameters } }: Prepared,
  { budget, candidate, known, messages, offered, responseSchema }: ModelCallContext,
): Result<ModelRequest, AgentFailure> {
  const { temperature, topP, seed, stop, maxOutputTokens } = parameters;
  const { provider, model } = candidate;
  const tools = [...offered.values()].map(({ tool }) => tool);
  const writing = (most: number): ModelRequest => ({
    model,
    messages: [...messages],
    tools,
    responseSchema,
    temperature,
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(stop.length > 0 && { stop: [...stop] }),
    maxOutputTokens: most,
  });
  if (known) {
    const again = writing((known.request as unknown as ModelRequest).maxOutputTokens);
    if (requestHash(recordable(again)) === known.requestHash) {
      budget.repeated();
      return ok(again);
    }
  }
  const inputTokens = tokensOfRequest(messages, tools);
  const reserved = budget.reserve({ inputTokens, price: provider.priceOf?.(model) });
  if (!reserved.ok) return reserved;
  return ok(writing(Math.min(reserved.value.outputTokens, maxOutputTokens ?? Number.POSITIVE_INFINITY)));
}

/** Asks one model once: reserved, guarded, recorded, settled. */
export async function askModel(
  prepared: Prepared,
  context: ModelCallContext,
): Promise<Result<ModelResponse, AgentFailure>> {
  const { agent, version, guard, taskVersion } = prepared;
  const { budget, calls, place, candidate, fallback, superseded, stays, spending, world, signal } = context;
  const { offered, verdicts, began, heard } = context;
  for (const { usage } of superseded) budget.settle(usage);
  const reserved = reservedRequest(prepared, context);
  if (!reserved.ok) return reserved;
  const request = reserved.value;
  const { provider } = candidate;
  const model = candidateName(candidate);
  const price = provider.priceOf?.(candidate.model);
  const stream = heard && guard.stream('output', (text) => heard({ event: 'text.delta', data: { text } }));
  let failure: AgentFailure | undefined;
  let asked = false;

  const record = await calls.act<never>(
    {
      kind: 'model',
      name: agent.name,
      version,
      ...(taskVersion !== undefined && { taskVersion }),
      model,
      ...(fallback && { fallback }),
      ...(offered.size > 0 && { offered: namesOf(offered) }),
      ...(context.context && { context: context.context }),
      ...(began && { began }),
    },
    recordable(request),
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
            message: `Expected ${model} to answer within ${agent.limits.timeout} ms, but it did not`,
            retryable: true,
          });
        if (!result.ok) {
          failure = signal.aborted ? cut(model) : result.failure;
          const { code, message } = failure;
          const counted = {
            inputTokens: tokensOfRequest(request.messages, request.tools),
            outputTokens: tokensIn(spoken),
          };
          // What was heard of an answer has its price, though it never came to an end.
          const usage = spoken > 0 ? { ...counted, cost: costOf(price, counted) } : nothing;
          return { response: null, error: { code, message }, usage };
        }
        const usage = usageOf(result.value, costOf(price, result.value));
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
    { place, stays },
  );
  budget.settle(record.usage);
  if (asked) spending?.settle(record.usage);
  const response = record.response as unknown as ModelResponse | null;
  if (response) {
    if (!asked && response.text !== '') stream?.hear(response.text);
    stream?.end();
  }
  heard?.({ event: 'usage', data: { ...budget.used } });
  if (response) return ok(response);
  return failed(failure ?? ({ ...record.error, retryable: true } as ModelFailure));
}

/** The run ended while it was asked: no fault of the model's. */
const cut = (model: string): AgentFailure => ({
  code: 'RUN_CANCELLED',
  message: `Expected ${model} to be waited for, but the run ended before it had answered`,
});

function usageOf(
  { inputTokens, outputTokens, cachedInputTokens, reasoningTokens }: ModelResponse,
  cost: number,
): CallUsage {
  return {
    inputTokens,
    outputTokens,
    ...(cachedInputTokens && { cachedInputTokens }),
    ...(reasoningTokens && { reasoningTokens }),
    cost,
  };
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

import { costOf, type ModelMessage, type ModelToolCall } from '@baton/engine/llm';
import { failed, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { validateAgainst } from '@baton/tools-registry/contract';
import { parseAnswer, repairOf } from '../answer.ts';
import { createBudget, raisedBy } from '../budget.ts';
import type { AgentFailure, AgentLoop } from '../failures.ts';
import { violation } from '../guardedJson.ts';
import { createLoopWatch, type LoopWatch } from '../loops.ts';
import { createModelChain } from '../modelChain.ts';
import { modelHistory } from '../modelHistory.ts';
import type { Offer } from '../offer.ts';
import type { Prepared } from '../preparedRun.ts';
import { recordCalls } from '../recordedCalls.ts';
import { tokensIn } from '../requestTokens.ts';
import type { RunDependencies } from '../runner.ts';
import type { RunSpending } from '../spending.ts';
import { type AgentContext, windowOf } from './agentContext.ts';
import type { AgenticInput } from './agenticInput.ts';
import {
  type AgenticTurn,
  CANCELLED,
  type EndedCall,
  openCallsOf,
  refusalOf,
  withOwnIds,
} from './agenticTurn.ts';
import { recordEnds } from './recordEnds.ts';

export interface Turn {
  input: Pick<AgenticInput, 'systemPrompt' | 'userPrompt' | 'window' | 'response'>;
  prepared: Prepared;
  offered: Offer;
  known: AgentContext;
  composed: AgenticTurn & { kind: 'ask' };
}

export interface TurnEnd {
  /** Tools to begin, or none, which makes the answer final; what went wrong otherwise. */
  result: Result<{ begin: ModelToolCall[]; json: JsonValue | undefined }, AgentFailure>;
  /** The last answer. */
  answer: Extract<ModelMessage, { role: 'assistant' }>;
  context: AgentContext;
}

/** How often an answer that is not the JSON asked for is sent back. */
const REPAIRS = 1;

/**
 * One turn of an agent: what has happened since goes to the model, until its answer begins tools or is the last. What it may
 * use of the tenant's quotas is kept before, and what it has used counted once.
 */
export async function runTurn(
  turn: Turn,
  dependencies: Pick<RunDependencies, 'calls' | 'world' | 'spending' | 'grants'>,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { prepared, known } = turn;
  const { owner } = prepared;
  const kept = await dependencies.spending?.reserve(owner, mostOf(turn));
  if (kept && !kept.ok) {
    return { result: failed(kept.failure), answer: nothingSaid, context: known };
  }
  try {
    return await askAndLearn(turn, dependencies, kept?.value, signal);
  } finally {
    await kept?.value.end();
  }
}

const nothingSaid: TurnEnd['answer'] = { role: 'assistant', text: '', toolCalls: [] };

/** The most that a turn uses, about: its answer and one repair of it, by whichever of its models costs most. */
function mostOf({ input, prepared, offered, known, composed }: Turn): {
  tokens: number;
  cost: number;
  duration: number;
} {
  const { agent, candidates } = prepared;
  const said = JSON.stringify([
    input.systemPrompt,
    input.userPrompt,
    known.messages,
    composed.ended,
    [...offered],
  ]);
  const inputTokens = tokensIn(said.length) * (1 + REPAIRS);
  const outputTokens = (agent.parameters.maxOutputTokens ?? 0) * (1 + REPAIRS);
  const costs = candidates.map(({ provider, model }) =>
    costOf(provider.priceOf?.(model), { inputTokens, outputTokens }),
  );
  return {
    tokens: Math.min(agent.limits.maxTokens, inputTokens + outputTokens),
    cost: Math.min(agent.limits.maxCost ?? Number.POSITIVE_INFINITY, Math.max(0, ...costs)),
    duration: agent.limits.maxDuration,
  };
}

async function askAndLearn(
  { input, prepared, offered, known, composed }: Turn,
  { calls: log, world, grants }: Pick<RunDependencies, 'calls' | 'world' | 'grants'>,
  spending: RunSpending | undefined,
  signal: AbortSignal,
): Promise<TurnEnd> {
  const { agent, owner, guard, responseSchema } = prepared;
  const { tenantId, elementInstanceKey } = owner;
  const begins = known.place?.elementInstanceKey !== elementInstanceKey;
  const calls = recordCalls(log, world, owner, begins ? 0 : (known.place?.sequence ?? 0));
  const given = (await grants?.ofElement(tenantId, elementInstanceKey)) ?? [];
  const limits = raisedBy(agent.limits, given);
  const budget = createBudget(limits);
  for (let made = 0; made < Math.min(known.metrics.modelCalls, limits.maxModelCalls); made += 1)
    budget.repeated();
  budget.reserveTools(Math.min(known.metrics.toolCalls, limits.maxToolCalls));
  const first = begins ? 1 : (known.place?.sequence ?? 0) + 1;
  const chain = createModelChain(
    prepared,
    modelHistory(await log.ofElement(tenantId, elementInstanceKey)),
    first,
  );
  budget.settle({ ...usageOf(known.metrics), cost: known.cost });

  const messages = [...known.messages];
  if (begins) {
    // Calls of an earlier sub-process that nobody waits for any more.
    for (const { id, name } of openCallsOf(messages))
      messages.push({ role: 'tool', toolCallId: id, toolName: name, text: CANCELLED });
  }
  let verdicts = begins ? [...prepared.verdicts] : [];
  let answer = nothingSaid;
  let { modelCalls, toolCalls } = known.metrics;
  let repairs = 0;

  function ended(result: TurnEnd['result']): TurnEnd {
    const { inputTokens, outputTokens, cost } = budget.used;
    const sequence = calls.place() - 1;
    return {
      result,
      answer,
      context: {
        ...known,
        messages,
        metrics: { modelCalls, toolCalls, inputTokens, outputTokens },
        cost,
        place: { elementInstanceKey, sequence },
      },
    };
  }

  async function learn(ends: readonly EndedCall[]): Promise<AgentFailure | undefined> {
    const told = await recordEnds(ends, calls, guard);
    if (!told.ok) return told.failure;
    messages.push(...told.value);
    return undefined;
  }

  const stopped = await learn(composed.ended);
  if (stopped) return ended(failed(stopped));
  if (begins) {
    if (prepared.asked === undefined) return ended(failed(violation(prepared.verdicts)));
    if (prepared.asked.trim() !== '') messages.push({ role: 'user', text: prepared.asked });
  }
  for (const event of composed.events) {
    const guarded = guard.check('input', event);
    verdicts.push(...guarded.verdicts);
    if (guarded.text === undefined) return ended(failed(violation(guarded.verdicts)));
    messages.push({ role: 'user', text: guarded.text });
  }

  const watch = createLoopWatch(limits);
  const circles = watchSince(messages, watch);
  if (circles) return ended(failed(circles));

  for (;;) {
    const place = calls.place();
    const asked = await chain.ask(
      {
        messages: [...system(input.systemPrompt), ...windowOf(messages, input.window)],
        responseSchema,
        context: undefined,
        spending,
        budget,
        calls,
        place,
        offered,
        verdicts,
        began: place === 1 ? prepared.began : undefined,
        world,
        signal,
        heard: undefined,
      },
      calls.place,
    );
    if (!asked.ok) return ended(failed(asked.failure));
    verdicts = [];
    modelCalls += 1;
    answer = {
      role: 'assistant',
      text: asked.value.text,
      toolCalls: withOwnIds(asked.value.toolCalls, messages),
    };
    messages.push(answer);
    if (answer.toolCalls.length > 0) {
      const refused = answer.toolCalls.flatMap((call, index): EndedCall[] => {
        const text = refusalOf(call, index, offered);
        if (text === undefined) return [];
        return [{ call, tool: offered.get(call.name), end: { kind: 'refused', text } }];
      });
      const begin = answer.toolCalls.filter((call) => !refused.some((each) => each.call === call));
      const again = watch.asks(answer.toolCalls);
      if (again) return ended(failed(again));
      const reserved = budget.reserveTools(begin.length);
      if (!reserved.ok) return ended(reserved);
      toolCalls += begin.length;
      if (begin.length > 0) return ended(ok({ begin, json: undefined }));
      const failure =
        (await learn(refused)) ?? watch.learns(answer.toolCalls, messages.slice(-answer.toolCalls.length));
      if (failure) return ended(failed(failure));
      continue;
    }
    if (asked.value.finish === 'length') {
      const message = 'Expected the model to come to an end within its tokens, but its answer was cut';
      return ended(failed({ code: 'BUDGET_EXCEEDED', limit: 'answer', message }));
    }
    const { format } = input.response;
    const json = parseAnswer(answer.text);
    if (format.type === 'text') return ended(ok({ begin: [], json: format.parseJson ? json : undefined }));
    const violations =
      json === undefined
        ? [
            {
              pointer: '',
              message: `Expected the answer to be JSON, but it is: ${answer.text.slice(0, 200)}`,
            },
          ]
        : responseSchema
          ? validateAgainst(responseSchema, json)
          : [];
    if (violations.length === 0) return ended(ok({ begin: [], json }));
    if (repairs >= REPAIRS) {
      const message = violations.map((each) => each.message).join('\n');
      return ended(failed({ code: 'AGENT_ANSWER_INVALID', message, violations }));
    }
    repairs += 1;
    messages.push({
      role: 'user',
      text: repairOf(violations),
    });
  }
}

const system = (text: string): ModelMessage[] => (text === '' ? [] : [{ role: 'system', text }]);

/** What the agent has done since it was asked last, for who watches it. */
function watchSince(messages: readonly ModelMessage[], watch: LoopWatch): AgentLoop | undefined {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  let found: AgentLoop | undefined;
  for (const [index, message] of messages.entries()) {
    if (index < asked || message.role !== 'assistant' || message.toolCalls.length === 0) continue;
    watch.asks(message.toolCalls);
    found = watch.learns(message.toolCalls, messages.slice(index + 1));
  }
  return found;
}

const usageOf = ({ inputTokens, outputTokens }: AgentContext['metrics']) => ({ inputTokens, outputTokens });

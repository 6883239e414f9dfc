import type { ModelMessage } from '@baton/engine/llm';
import { type BudgetGrant, type CallContext, failed, ok, type Result } from '@baton/engine/protocol';
import { withTimeout } from './abortable.ts';
import { checkAnswer, repairOf } from './answer.ts';
import { createBudget, mostCostOf, raisedBy } from './budget.ts';
import { type Conversed, isTooLong, replaceBySummary, summaryRequest, tooLongFor, trim } from './context.ts';
import type { AgentFailure } from './failures.ts';
import { createLoopWatch } from './loops.ts';
import { createModelChain } from './modelChain.ts';
import { modelHistory } from './modelHistory.ts';
import { type Offer, offeredThen, offerNow } from './offer.ts';
import type { Prepared } from './preparedRun.ts';
import { recordCalls } from './recordedCalls.ts';
import type { AgentRun, AgentRunResult, HearRun, RunDependencies } from './runner.ts';
import { answerCalls, callsMade } from './toolCalls.ts';

/** How often an answer that breaks its schema is sent back before the run gives up. */
const REPAIRS = 1;

const nothingOffered: Offer = new Map();

/** Prompt → model → tool calls → results, until the model answers or may not go on. */
export async function agentLoop(
  prepared: Prepared,
  run: AgentRun,
  { tools, calls: log, questions, spending, grants, world }: RunDependencies,
  outer: AbortSignal,
  listener: HearRun | undefined,
): Promise<AgentRunResult> {
  const { agent, owner, responseSchema, messages } = prepared;
  const { tenantId, elementInstanceKey } = owner;
  const [before, given = []] = await Promise.all([
    log.ofElement(tenantId, elementInstanceKey),
    grants?.ofElement(tenantId, elementInstanceKey),
  ]);
  const history = modelHistory(before);
  const limits = raisedBy(agent.limits, given);
  const budget = createBudget(limits);
  const chain = createModelChain(prepared, history);
  const watch = createLoopWatch(agent.limits);
  const calls = recordCalls(log, world, owner);
  const conversed: Conversed = { messages, begin: messages.length };

  const tokens = Math.max(0, limits.maxTokens - history.used.inputTokens - history.used.outputTokens);
  const affordable =
    limits.maxCost === undefined ? Number.POSITIVE_INFINITY : limits.maxCost - history.used.cost;
  const cost = Math.max(0, Math.min(affordable, mostCostOf(prepared.candidates, tokens)));
  const reserved =
    (await spending?.reserve(owner, { tokens, cost, duration: limits.maxDuration })) ?? ok(undefined);
  if (!reserved.ok) return { result: reserved, text: '', usage: history.used };
  const kept = reserved.value;

  const limited = withTimeout(world, limits.maxDuration, outer);
  const { signal } = limited;
  let { verdicts } = prepared;
  let begins: Offer | undefined = prepared.offered;
  let text = '';
  let repairs = 0;
  /** Told of an answer that has not ended. */
  let told = '';
  const heard: HearRun | undefined =
    listener &&
    ((event) => {
      if (event.event === 'text.delta') told += event.data.text;
      // What the one before had said so far is nobody's answer.
      if (event.event === 'model.switched') told = '';
      listener(event);
    });
  const ended = (result: AgentRunResult['result']): AgentRunResult => ({
    result,
    text: told || text,
    usage: { ...budget.used },
  });

  /** What there is changes while the run goes on; what it did before, it did with what there was then. */
  async function offerAt(place: number): Promise<Offer> {
    const known = chain.madeAt(place);
    const offer =
      (known && offeredThen(known)) ?? begins ?? (await offerNow(tools.catalog, tenantId, agent.tools));
    begins = undefined;
    return offer;
  }

  /** Why the run does not go on, whatever its last call says of that. */
  function stopped(): AgentFailure | undefined {
    if (outer.aborted)
      return { code: 'RUN_CANCELLED', message: 'Expected the run to be waited for, but it was cancelled' };
    if (limited.expired()) {
      const message = `Expected the run to take at most ${limits.maxDuration} ms, but it goes on`;
      return { code: 'BUDGET_EXCEEDED', limit: 'duration', message };
    }
    return undefined;
  }

  function ask(
    place: number,
    offered: Offer,
    context: CallContext | undefined,
    asked?: readonly ModelMessage[],
  ) {
    const silent: HearRun | undefined = heard && ((event) => event.event !== 'text.delta' && heard(event));
    return chain.ask(
      {
        messages: asked ?? messages,
        responseSchema: asked ? undefined : responseSchema,
        offered,
        verdicts,
        began: place === 1 ? prepared.began : undefined,
        context,
        budget,
        calls,
        place,
        spending: kept,
        world,
        signal,
        heard: asked ? silent : heard,
      },
      calls.place,
    );
  }

  /** Makes the conversation as short as it has to be. */
  async function fit(): Promise<Result<CallContext | undefined, AgentFailure>> {
    if (!isTooLong(conversed, agent)) return ok(undefined);
    const { overflow, maxTokens } = agent.context;
    if (overflow === 'fail') return maxTokens === undefined ? ok(undefined) : tooLongFor(conversed, agent);
    const notes = overflow === 'summarize' ? summaryRequest(conversed, agent) : undefined;
    if (notes) {
      const summed = await ask(calls.place(), nothingOffered, { summary: true }, notes.ask);
      if (!summed.ok) return summed;
      if (summed.value.text.trim() !== '') replaceBySummary(conversed, notes.until, summed.value.text);
    }
    const fitted = trim(conversed, agent);
    if (!fitted.ok) return fitted;
    const { shortened = 0, leftOut = 0 } = fitted.value;
    return ok(shortened + leftOut > 0 ? fitted.value : undefined);
  }

  /** A cut answer is given whole once the run was given more after it. */
  const mayBeWhole = (place: number) => {
    const cut = history.answered(place);
    return cut !== undefined && given.some(({ at }: BudgetGrant) => at >= cut.startedAt + cut.duration);
  };

  try {
    for (;;) {
      const already = stopped();
      if (already) return ended(failed(already));
      const fitted = await fit();
      if (!fitted.ok) return ended(failed(stopped() ?? fitted.failure));
      const place = calls.place();
      const offered = await offerAt(place);
      const asked = await ask(place, offered, fitted.value);
      const after = stopped();
      if (!asked.ok) return ended(failed(after ?? asked.failure));
      told = '';
      verdicts = [];
      text = asked.value.text;
      if (after) return ended(failed(after));
      const { toolCalls, finish } = asked.value;
      messages.push({ role: 'assistant', text, toolCalls });
      if (toolCalls.length > 0) {
        const loops = watch.asks(toolCalls);
        if (loops) return ended(failed(loops));
        const allowed = budget.reserveTools(callsMade(toolCalls, offered));
        if (!allowed.ok) return ended(allowed);
        const results = await answerCalls(toolCalls, {
          owner,
          offered,
          invoker: tools.invoker,
          user: run.user,
          questions,
          calls,
          world,
          guard: prepared.guard,
          signal,
          heard,
          waits: run.waits === true,
        });
        if (!results.ok) return ended(failed(stopped() ?? results.failure));
        messages.push(...results.value);
        const idle = watch.learns(toolCalls, results.value);
        if (idle) return ended(failed(idle));
        continue;
      }
      if (finish === 'length') {
        if (mayBeWhole(chain.place)) {
          messages.push({ role: 'user', text: 'Your answer was cut. Give the whole of it again.' });
          continue;
        }
        const message = 'Expected the model to come to an end within its tokens, but its answer was cut';
        return ended(failed({ code: 'BUDGET_EXCEEDED', limit: 'answer', message }));
      }
      if (!responseSchema) return ended(ok({ text }));
      const answer = checkAnswer(text, responseSchema);
      if (answer.ok) return ended(answer);
      const violations = answer.failure;
      if (repairs >= REPAIRS) {
        const { message = '' } = violations[0] ?? {};
        return ended(failed({ code: 'AGENT_ANSWER_INVALID', message, violations }));
      }
      repairs += 1;
      messages.push({ role: 'user', text: repairOf(violations) });
    }
  } finally {
    limited.done();
    await kept?.end();
  }
}

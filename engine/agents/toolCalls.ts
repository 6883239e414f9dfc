import type { Guard } from '@baton/engine/guardrails';
import type { ModelMessage, ModelToolCall } from '@baton/engine/llm';
import { failed, ok, type Question, type QuestionAnswer, type Result } from '@baton/engine/protocol';
import { inParallel } from './abortable.ts';
import type { AgentFailure } from './failures.ts';
import type { Offer, OfferedTool } from './offer.ts';
import type { HearRun } from './runner.ts';
import { callTool, type ToolCallContext } from './toolCall.ts';

export interface ToolCallsContext extends Omit<ToolCallContext, 'guard' | 'waiting'> {
  offered: Offer;
  guard: Guard;
  heard: HearRun | undefined;
  /** The run waits for people as long as it may, instead of ending until they have answered. */
  waits: boolean;
}

/** Tools of one answer at work at once, and calls of one answer that are made at all. */
const most = { atOnce: 8, calls: 64 };

/** How many calls of an answer are made. */
export function callsMade(toolCalls: readonly ModelToolCall[], offered: Offer): number {
  return toolCalls.slice(0, most.calls).filter(({ name }) => offered.has(name)).length;
}

/**
 * Makes the calls of one answer, several at once. Messages and places in the record are in the order of the answer. A tool's
 * fault is told to the model, which may correct its arguments.
 */
export async function answerCalls(
  toolCalls: readonly ModelToolCall[],
  context: ToolCallsContext,
): Promise<Result<ModelMessage[], AgentFailure>> {
  const placed = toolCalls.map((call, index) => {
    const tool = index < most.calls ? context.offered.get(call.name) : undefined;
    return { call, tool, place: tool ? context.calls.place() : 0, index };
  });
  const results = await inParallel(most.atOnce, placed, async ({ call, tool, place, index }) => {
    if (tool) return oneCall(call, tool, place, context);
    return ok(
      index < most.calls
        ? `Expected one of the offered tools, but there is no tool '${call.name}'`
        : `Expected at most ${most.calls} tool calls in one answer, but this is one more; it was not made`,
    );
  });
  const open: string[] = [];
  const messages: ModelMessage[] = [];
  for (const [index, result] of results.entries()) {
    if (!result.ok) {
      if (result.failure.code !== 'QUESTION_OPEN') return result;
      open.push(...result.failure.questions);
      continue;
    }
    const { id, name } = placed[index]!.call;
    messages.push({ role: 'tool', toolCallId: id, toolName: name, text: result.value });
  }
  if (open.length > 0) {
    const message = 'Expected answers to what tools ask, but nobody has given them yet';
    return failed({ code: 'QUESTION_OPEN', message, questions: open });
  }
  return ok(messages);
}

async function oneCall(
  call: ModelToolCall,
  tool: OfferedTool,
  place: number,
  { heard, waits, ...context }: ToolCallsContext,
): Promise<Result<string, AgentFailure>> {
  const { id: callId } = call;
  const { name, version } = tool;
  heard?.({ event: 'tool.started', data: { callId, name, arguments: call.arguments } });
  const startedAt = context.world.now();
  const waiting = waits && {
    asked: (question: Question) => heard?.({ event: 'question.asked', data: { ...question, callId } }),
    answered: (id: string, action: QuestionAnswer['action']) =>
      heard?.({ event: 'question.answered', data: { id, callId, action } }),
  };
  const ended = await callTool(
    { name, version, arguments: call.arguments, callId },
    { ...context, ...(waiting && { waiting }) },
    place,
  );
  if ('waitsFor' in ended) {
    const message = `Expected an answer to what '${name}' asks, but nobody has given one yet`;
    return failed({ code: 'QUESTION_OPEN', message, questions: ended.waitsFor });
  }
  const { error, response } = ended;
  const finished = { callId, name, duration: context.world.now() - startedAt };
  heard?.({
    event: 'tool.finished',
    data: error ? { ...finished, ok: false, error } : { ...finished, ok: true, result: response },
  });
  if (error?.code === 'GUARDRAIL_VIOLATION' || error?.code === 'TOOL_QUARANTINED')
    return failed({ code: error.code, message: error.message });
  return ok(error ? `${error.code}: ${error.message}` : JSON.stringify(response));
}

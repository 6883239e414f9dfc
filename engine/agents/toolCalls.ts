import type { Guard } from '@baton/engine/guardrails';
import type { ModelMessage, ModelToolCall } from '@baton/engine/llm';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type { ToolDefinition, ToolInvoker } from '@baton/tools-registry/contract';
import { inParallel } from './abortable.ts';
import type { AgentFailure } from './failures.ts';
import type { AgentWorld, CallOwner, RecordedCalls } from './recordedCalls.ts';
import type { HearRun } from './runner.ts';
import { callTool } from './toolCall.ts';

export interface OfferedTool {
  definition: ToolDefinition;
  version: number;
}

export interface ToolCallsContext {
  owner: CallOwner;
  offered: ReadonlyMap<string, OfferedTool>;
  invoker: ToolInvoker;
  calls: RecordedCalls;
  world: AgentWorld;
  guard: Guard;
  signal: AbortSignal;
  heard: HearRun | undefined;
}

/** Tools of one answer at work at once, and calls of one answer that are made at all. */
const most = { atOnce: 8, calls: 64 };

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
  const messages: ModelMessage[] = [];
  for (const [index, result] of results.entries()) {
    if (!result.ok) return result;
    const { id, name } = placed[index]!.call;
    messages.push({ role: 'tool', toolCallId: id, toolName: name, text: result.value });
  }
  return ok(messages);
}

async function oneCall(
  call: ModelToolCall,
  tool: OfferedTool,
  place: number,
  { owner, invoker, calls, world, guard, signal, heard }: ToolCallsContext,
): Promise<Result<string, AgentFailure>> {
  const { id: callId, name } = call;
  heard?.({ event: 'tool.started', data: { callId, name, arguments: call.arguments } });
  const startedAt = world.now();
  const use = { name, version: tool.version, arguments: call.arguments, callId };
  const { error, response } = await callTool(owner, use, invoker, calls, signal, guard, place);
  const finished = { callId, name, duration: world.now() - startedAt };
  heard?.({
    event: 'tool.finished',
    data: error ? { ...finished, ok: false, error } : { ...finished, ok: true, result: response },
  });
  if (error?.code === 'GUARDRAIL_VIOLATION')
    return failed({ code: 'GUARDRAIL_VIOLATION', message: error.message });
  return ok(error ? `${error.code}: ${error.message}` : JSON.stringify(response));
}

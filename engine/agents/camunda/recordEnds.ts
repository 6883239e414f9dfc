import type { Guard } from '@baton/engine/guardrails';
import type { ModelMessage } from '@baton/engine/llm';
import { failed, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { AgentFailure } from '../failures.ts';
import { guardedJson, violation } from '../guardedJson.ts';
import type { CallResult, RecordedCalls } from '../recordedCalls.ts';
import { type EndedCall, textOf } from './agenticTurn.ts';

const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };

/**
 * What tools that are elements of the process came to, on record in the order of the answer that called them, and as the model
 * is told it. The engine has run them; here is what the agent learned.
 */
export async function recordEnds(
  ends: readonly EndedCall[],
  calls: RecordedCalls,
  guard: Guard,
): Promise<Result<ModelMessage[], AgentFailure>> {
  const messages: ModelMessage[] = [];
  for (const { call, tool, end } of ends) {
    const { id: toolCallId, name: toolName } = call;
    if (!tool) {
      messages.push({ role: 'tool', toolCallId, toolName, text: end.kind === 'result' ? '' : end.text });
      continue;
    }
    const { name, version } = tool;
    const record = await calls.act<never>(
      { kind: 'tool', name, version, model: '' },
      { tool: name, version, callId: toolCallId, arguments: call.arguments },
      async (): Promise<CallResult> => {
        if (end.kind !== 'result') {
          const code = end.kind === 'refused' ? 'TOOL_INPUT_INVALID' : 'TOOL_CANCELLED';
          return { response: null, error: { code, message: end.text }, usage };
        }
        const { value, verdicts } = guardedJson<JsonValue>(guard, 'toolResult', end.content);
        const told = verdicts.length > 0 ? { verdicts } : {};
        return value === undefined
          ? { response: null, error: violation(verdicts), usage, ...told }
          : { response: value, error: null, usage, ...told };
      },
      { stays: () => true },
    );
    const { error, response } = record;
    if (error?.code === 'GUARDRAIL_VIOLATION') return failed({ code: error.code, message: error.message });
    const text = error ? error.message : textOf(response);
    messages.push({ role: 'tool', toolCallId, toolName, text });
  }
  return ok(messages);
}

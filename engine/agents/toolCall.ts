import type { Guard } from '@baton/engine/guardrails';
import type { CallRecord, JsonObject, JsonValue } from '@baton/engine/protocol';
import type { ToolInvoker } from '@baton/tools-registry/contract';
import { orAborted } from './abortable.ts';
import { requestHash } from './canonical.ts';
import { guardedJson, violation } from './guardedJson.ts';
import type { CallOwner, CallResult, RecordedCalls } from './recordedCalls.ts';

export interface ToolUse {
  name: string;
  version: number;
  arguments: JsonObject;
  /** The model's id of the call; '' when a process calls the tool itself. */
  callId: string;
}

const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };

/**
 * Calls a tool once, on record. What it answers is guarded before it is recorded.
 * @param place of the call, when it was taken before
 */
export function callTool(
  owner: CallOwner,
  use: ToolUse,
  invoker: ToolInvoker,
  calls: RecordedCalls,
  signal: AbortSignal,
  guard?: Guard,
  place?: number,
): Promise<CallRecord> {
  const { name, version, callId } = use;
  return calls.act(
    { kind: 'tool', name, version, model: '' },
    { tool: name, version, callId, arguments: use.arguments },
    async (): Promise<CallResult> => {
      const outcome = await orAborted(
        invoker.call(
          {
            tenantId: owner.tenantId,
            name,
            version,
            arguments: use.arguments,
            idempotencyKey: requestHash([owner.elementInstanceKey, callId, name, use.arguments]),
            run: owner.processInstanceKey,
          },
          signal,
        ),
        signal,
      );
      if (!outcome) {
        const message = `Expected the tool '${name}' to answer while it was waited for, but it did not`;
        return { response: null, error: { code: 'TOOL_TIMEOUT', message }, usage };
      }
      const answer: JsonValue = outcome.ok ? outcome.value : outcome.failure.message;
      const guarded = guard && guardedJson(guard, 'toolResult', answer);
      const verdicts = guarded?.verdicts.length ? { verdicts: guarded.verdicts } : {};
      if (guarded?.value === undefined && guarded)
        return { response: null, error: violation(guarded.verdicts), usage, ...verdicts };
      const passed = guarded?.value ?? answer;
      if (outcome.ok) return { response: passed, error: null, usage, ...verdicts };
      return {
        response: null,
        error: { code: outcome.failure.code, message: String(passed) },
        usage,
        ...verdicts,
      };
    },
    place,
  );
}

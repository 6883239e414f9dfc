import type { CallRecord, JsonObject } from '@baton/engine/protocol';
import type { ToolInvoker } from '@baton/tools-registry/contract';
import { requestHash } from './canonical.ts';
import type { CallOwner, RecordedCalls } from './recordedCalls.ts';

export interface ToolUse {
  name: string;
  version: number;
  arguments: JsonObject;
  /** The model's id of the call; '' when a process calls the tool itself. */
  callId: string;
}

/** Calls a tool once, on record. */
export function callTool(
  owner: CallOwner,
  use: ToolUse,
  invoker: ToolInvoker,
  calls: RecordedCalls,
  signal: AbortSignal,
): Promise<CallRecord> {
  const { name, version, callId } = use;
  return calls.act(
    { kind: 'tool', name, version, model: '' },
    { tool: name, version, callId, arguments: use.arguments },
    async () => {
      const outcome = await invoker.call(
        {
          tenantId: owner.tenantId,
          name,
          version,
          arguments: use.arguments,
          idempotencyKey: requestHash([owner.elementInstanceKey, callId, name, use.arguments]),
        },
        signal,
      );
      const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
      if (outcome.ok) return { response: outcome.value, error: null, usage };
      const { code, message } = outcome.failure;
      return { response: null, error: { code, message }, usage };
    },
  );
}

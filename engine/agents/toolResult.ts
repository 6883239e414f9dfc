import type { Guard } from '@baton/engine/guardrails';
import type { JsonValue } from '@baton/engine/protocol';
import type { ToolContentBlock, ToolOutcome } from '@baton/tools-registry/contract';
import { guardedJson, violation } from './guardedJson.ts';
import type { CallResult } from './recordedCalls.ts';
import type { ToolUse } from './toolCall.ts';

const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };

/** What failed; of a tool that is not what was accepted also the difference, which a person has to see. */
function sentenceOf({ code, message, details }: (ToolOutcome & { ok: false })['failure']): string {
  if (code !== 'TOOL_QUARANTINED' || typeof details !== 'object' || details === null) return message;
  const { text } = details as { text?: unknown };
  return typeof text === 'string' && !message.includes(text) ? `${message}\n${text}` : message;
}

/** What a tool gave beside its value, as a model may know of it. */
function attached(content: readonly ToolContentBlock[]): string[] {
  return content.map(({ type, mimeType, uri, name }) =>
    [type, mimeType, name, uri].filter((each) => typeof each === 'string').join(' '),
  );
}

/** What is recorded of an outcome. */
export function toolResult(outcome: ToolOutcome, { callId }: ToolUse, guard: Guard | undefined): CallResult {
  const value = outcome.ok ? outcome.value : sentenceOf(outcome.failure);
  const content = outcome.ok && callId !== '' ? outcome.content : undefined;
  const answer: JsonValue = content?.length ? { result: value, attachments: attached(content) } : value;
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
}

import type { ModelMessage, ModelToolCall } from '@baton/engine/llm';
import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import { type JsonSchema, validateAgainst } from '@baton/tools-registry/contract';
import type { Offer, OfferedTool } from '../offer.ts';
import { NO_RESULT } from './agentContext.ts';
import type { ToolCallResult } from './agenticInput.ts';

export const CANCELLED = 'Tool execution was canceled.';
const EMPTY_EVENT = 'Something happened, but nothing was said about it.';

/** Tools of one answer that are begun at all. */
const MOST_CALLS = 64;

export type CallEnd =
  | { kind: 'result'; content: JsonValue }
  /** It was ended because something else happened. */
  | { kind: 'cancelled'; text: string }
  /** It was not begun: the model is told why. */
  | { kind: 'refused'; text: string };

/** One tool call of the last answer, and how it ended. */
export interface EndedCall {
  call: ModelToolCall;
  tool: OfferedTool | undefined;
  end: CallEnd;
}

/** What an agent does with a job. */
export type AgenticTurn =
  /** Results are missing: the next job brings more of them. */
  | { kind: 'wait' }
  | {
      kind: 'ask';
      ended: EndedCall[];
      /** What events have to say. */
      events: string[];
      /** Tools that are still at work are ended. */
      cancels: boolean;
    };

/** Why a call cannot be made, for the model to mend; `undefined` = it can. */
export function refusalOf(call: ModelToolCall, index: number, offered: Offer): string | undefined {
  const tool = offered.get(call.name)?.tool;
  if (!tool) return `Expected one of the offered tools, but there is no tool '${call.name}'`;
  if (index >= MOST_CALLS)
    return `Expected at most ${MOST_CALLS} tool calls in one answer, but this is one more; it was not made`;
  const violations = violationsOf(tool.parameters, call.arguments);
  return violations.length > 0 ? `The arguments do not fit: ${violations.join('; ')}` : undefined;
}

/** A schema that a model of a process states wrongly holds nobody up. */
function violationsOf(schema: JsonSchema, given: JsonObject): string[] {
  try {
    return validateAgainst(schema, given).map(({ message }) => message);
  } catch {
    return [];
  }
}

/** The calls that the conversation waits for: those of its last answer, unless their results follow it. */
export function openCallsOf(messages: readonly ModelMessage[]): ModelToolCall[] {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? last.toolCalls : [];
}

export const textOf = (content: JsonValue): string =>
  typeof content === 'string' ? content : JSON.stringify(content);

const isEmpty = (content: JsonValue): boolean =>
  content === null || (typeof content === 'string' && content.trim() === '');

export function turnOf(
  open: readonly ModelToolCall[],
  results: readonly ToolCallResult[],
  offered: Offer,
  interrupts: boolean,
): AgenticTurn {
  const events = results
    .filter(({ id }) => id === undefined)
    .map(({ content }) => (isEmpty(content) ? EMPTY_EVENT : textOf(content)));
  const interrupted = interrupts && events.length > 0;
  const ended: EndedCall[] = [];
  let missing = false;
  for (const [index, call] of open.entries()) {
    const tool = offered.get(call.name);
    const refusal = refusalOf(call, index, offered);
    const result = results.findLast(({ id }) => id === call.id);
    if (refusal !== undefined) ended.push({ call, tool, end: { kind: 'refused', text: refusal } });
    else if (result) {
      const { content } = result;
      ended.push({ call, tool, end: { kind: 'result', content: isEmpty(content) ? NO_RESULT : content } });
    } else if (interrupted) ended.push({ call, tool, end: { kind: 'cancelled', text: CANCELLED } });
    else missing = true;
  }
  if (missing) return { kind: 'wait' };
  return { kind: 'ask', ended, events, cancels: ended.some(({ end }) => end.kind === 'cancelled') };
}

/** Calls under ids that no other call of the conversation has: results are known by them alone. */
export function withOwnIds(
  calls: readonly ModelToolCall[],
  messages: readonly ModelMessage[],
): ModelToolCall[] {
  const taken = new Set(
    messages.flatMap((message) =>
      message.role === 'assistant' ? message.toolCalls.map(({ id }) => id) : [],
    ),
  );
  return calls.map((call, index) => {
    const wanted = call.id === '' ? `call-${index + 1}` : call.id;
    let id = wanted;
    for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
    taken.add(id);
    return { ...call, id };
  });
}

import type { ModelMessage, ModelRequest } from '@baton/engine/llm';
import { type AgentRecording, type CallRecord, failed, type JsonValue, ok } from '@baton/engine/protocol';
import type { AgentDefinition } from '../definitions.ts';
import { type Offer, offeredThen } from '../offer.ts';
import { prepare } from '../preparedRun.ts';
import type { CallOwner } from '../recordedCalls.ts';
import type { AgentRunResult, RunDependencies } from '../runner.ts';
import type { AgentContext } from './agentContext.ts';
import { type AgenticTurn, type EndedCall, openCallsOf, refusalOf } from './agenticTurn.ts';
import type { ElementAgent } from './agentOfElement.ts';
import { runTurn } from './runTurn.ts';

/** Whether an agent is an ad-hoc sub-process, whose run is a chain of turns. */
export function isElementAgent(definition: AgentDefinition): definition is ElementAgent {
  return 'element' in definition;
}

/** The call that counts at a place: one that succeeded, else the last. */
const settledAt = (calls: readonly CallRecord[]) => calls.find(({ error }) => error === null) ?? calls.at(-1);

/** Does the recorded turns of one sub-process over, each with what had come of its tools and events by then. */
export async function replayTurns(
  { calls, began }: AgentRecording,
  agent: { id: string; version: number; definition: ElementAgent },
  owner: CallOwner,
  dependencies: RunDependencies,
  signal: AbortSignal,
): Promise<AgentRunResult> {
  const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
  const { systemPrompt, window, response, known } = agent.definition.element;
  const { prompt } = began.variables;
  const userPrompt = typeof prompt === 'string' ? prompt : '';
  const prepared = await prepare(
    { agent, unsaved: true, task: undefined, owner, variables: began.variables },
    dependencies,
  );
  if (!prepared.ok) return { result: prepared, text: '', usage };
  const asked = (after: number) => {
    const next = calls.filter(({ kind, sequence }) => kind === 'model' && sequence > after);
    return settledAt(next.filter(({ sequence }) => sequence === next[0]?.sequence));
  };
  const first = asked(0);
  const offered: Offer = (first && offeredThen(first)) ?? new Map();

  let context: AgentContext = { ...known, conversationId: '', place: undefined };
  const begins = lastSaid(first);
  let composed: (AgenticTurn & { kind: 'ask' }) | undefined = {
    kind: 'ask',
    ended: [],
    events: userPrompt.trim() === '' ? begins : begins.slice(1),
    cancels: false,
  };
  for (;;) {
    const turn = {
      input: { systemPrompt, userPrompt, window, response },
      prepared: prepared.value,
      offered,
      known: context,
      composed,
    };
    const end = await runTurn(turn, dependencies, signal);
    const { text } = end.answer;
    if (!end.result.ok) return { result: failed(end.result.failure), text, usage };
    const { begin, json } = end.result.value;
    if (begin.length === 0) {
      const answer: JsonValue = prepared.value.responseSchema ? (json ?? { text }) : { text };
      return { result: ok(answer), text, usage };
    }
    context = end.context;
    composed = nextTurn(context, offered, calls, lastSaid(asked(context.place?.sequence ?? 0)));
    if (!composed) {
      const message = 'Expected the tools of the last answer to come to an end, but nobody waited for them';
      return { result: failed({ code: 'RUN_CANCELLED', message }), text, usage };
    }
  }
}

/** What people and events said last in a request: its messages after the last answer and its results. */
function lastSaid(call: CallRecord | undefined): string[] {
  const { messages = [] } = (call?.request ?? {}) as unknown as { messages?: ModelRequest['messages'] };
  const before = messages.findLastIndex(({ role }: ModelMessage) => role !== 'user');
  return messages.slice(before + 1).map(({ text }) => text);
}

/** What had come of the tools of the last answer; `undefined` when it is not on record. */
function nextTurn(
  { messages, place }: AgentContext,
  offered: Offer,
  calls: readonly CallRecord[],
  events: string[],
): (AgenticTurn & { kind: 'ask' }) | undefined {
  const ended: EndedCall[] = [];
  for (const [index, call] of openCallsOf(messages).entries()) {
    const tool = offered.get(call.name);
    const text = refusalOf(call, index, offered);
    if (text !== undefined) {
      ended.push({ call, tool, end: { kind: 'refused', text } });
      continue;
    }
    const record = calls.find(
      ({ kind, sequence, request }) =>
        kind === 'tool' &&
        sequence > (place?.sequence ?? 0) &&
        (request as { callId?: JsonValue }).callId === call.id,
    );
    if (!record) return undefined;
    const { error, response } = record;
    ended.push({
      call,
      tool,
      end: error ? { kind: 'cancelled', text: error.message } : { kind: 'result', content: response },
    });
  }
  return { kind: 'ask', ended, events, cancels: false };
}

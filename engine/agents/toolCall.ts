import type { Guard } from '@baton/engine/guardrails';
import type {
  AskedQuestion,
  CallRecord,
  JsonObject,
  JsonValue,
  Question,
  QuestionAnswer,
} from '@baton/engine/protocol';
import type { ToolFailureCode, ToolInvoker, ToolOutcome, ToolQuestion } from '@baton/tools-registry/contract';
import { orAborted } from './abortable.ts';
import { requestHash } from './canonical.ts';
import { guardedJson, violation } from './guardedJson.ts';
import { LOOK_AGAIN } from './questions/followQuestions.ts';
import type { Questions } from './questions/questions.ts';
import type {
  AgentWorld,
  CallOwner,
  CallPlace,
  CallResult,
  RecordedCalls,
  WaitingCall,
} from './recordedCalls.ts';
import { toolResult } from './toolResult.ts';

export interface ToolUse {
  name: string;
  version: number;
  arguments: JsonObject;
  /** The model's id of the call; '' when a process calls the tool itself. */
  callId: string;
}

export interface ToolCallContext {
  owner: CallOwner;
  invoker: ToolInvoker;
  questions: Questions;
  calls: RecordedCalls;
  world: Pick<AgentWorld, 'now'>;
  signal: AbortSignal;
  guard?: Guard | undefined;
  /** Whose own access the tool has, where somebody asked for the run. */
  user?: string | undefined;
  /** Somebody waits for the call: it waits for people here. Without, it ends and is made again once they have answered. */
  waiting?: WaitingHere | undefined;
}

export interface WaitingHere {
  asked(question: Question): void;
  answered(id: string, action: QuestionAnswer['action']): void;
}

/** Questions that one call may ask. */
const MOST_QUESTIONS = 100;

const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };

/** After these the call is tried again: nobody was told that it failed. */
const passing: ReadonlySet<string> = new Set<ToolFailureCode | 'GUARDRAIL_VIOLATION'>([
  'TOOL_CANCELLED',
  'TOOL_QUARANTINED',
  'GUARDRAIL_VIOLATION',
]);

/**
 * Calls a tool once, on record. What it answers is guarded before it is recorded; what it asks goes to people, and with their
 * answers it goes on.
 * @param place of the call, when it was taken before
 */
export async function callTool(
  use: ToolUse,
  context: ToolCallContext,
  place?: number,
): Promise<CallRecord | WaitingCall> {
  const { owner, calls, questions } = context;
  const { name, version, callId } = use;
  const told = callId === '' ? {} : { stays: (error: { code: string }) => !passing.has(error.code) };
  const record = await calls.act<WaitingCall>(
    { kind: 'tool', name, version, model: '' },
    { tool: name, version, callId, arguments: use.arguments },
    (at) => asLongAsItAsks(use, at, context),
    { place, ...told },
  );
  if (!('waitsFor' in record) && record.answers)
    await questions.done(
      owner.tenantId,
      record.answers.map(({ question }) => question.id),
    );
  return record;
}

async function asLongAsItAsks(
  use: ToolUse,
  at: CallPlace,
  context: ToolCallContext,
): Promise<CallResult | WaitingCall> {
  const { owner, questions, signal, guard, waiting } = context;
  const { tenantId, elementInstanceKey } = owner;
  const told = new Set<string>();
  for (;;) {
    const asked = (await questions.ofElement(tenantId, elementInstanceKey)).filter(
      ({ sequence, requestHash: hash }) => sequence === at.sequence && hash === at.requestHash,
    );
    const open = asked.filter(({ answer }) => !answer);
    // Kept, but perhaps never told to the engine: whoever kept it may have ended before. Only one instance ever asks it.
    for (const each of open.filter(({ askedBy: by, question }) => by === '' && !told.has(question.id))) {
      told.add(each.question.id);
      await questions.ask(each, attemptAt(context.world.now() - each.askedAt));
    }
    if (open.length > 0 && !waiting) return { waitsFor: open.map(({ question }) => question.id) };
    for (const { question } of open) {
      waiting?.asked(question);
      const answer = await questions.answered(tenantId, question.id, signal);
      if (!answer) return cancelled(use.name);
      waiting?.answered(question.id, answer.action);
      if (answer.action === 'cancel' && !(await stillAsked(questions, owner, question.id)))
        return cancelled(use.name);
    }
    if (open.length > 0) continue;

    const answers = asked.map(({ question, asks, answer }) => {
      const said = answer as QuestionAnswer;
      const guarded = said.action === 'accept' && guard && guardedJson(guard, 'toolArguments', said.content);
      const content = guarded ? guarded.value : said.action === 'accept' ? said.content : undefined;
      return {
        question,
        asks,
        verdicts: guarded ? guarded.verdicts : [],
        blocked: guarded && guarded.value === undefined,
        answer: content ? { action: 'accept' as const, content } : said,
      };
    });
    const blocked = answers.find((each) => each.blocked);
    if (blocked)
      return { response: null, error: violation(blocked.verdicts), usage, verdicts: blocked.verdicts };
    const outcome = await made(use, answers, asked.at(-1)?.resume ?? null, context);
    if (!outcome) return cancelled(use.name);
    const asks = outcome.ok ? undefined : outcome.question;
    const again = asks && (answers.some((each) => each.asks === asks.id) || answers.length >= MOST_QUESTIONS);
    if (!outcome.ok && asks && !again) {
      const question = askedBy(use, at, asks, outcome.resume ?? null, context);
      told.add(question.question.id);
      await questions.ask(question);
      continue;
    }
    const result = toolResult(outcome, use, guard);
    if (answers.length === 0) return result;
    const approved = answers.find(({ question }) => question.kind === 'approval')?.answer;
    return {
      ...result,
      verdicts: [...answers.flatMap(({ verdicts }) => verdicts), ...(result.verdicts ?? [])],
      ...(approved?.action === 'accept' && {
        request: {
          tool: use.name,
          version: use.version,
          callId: use.callId,
          arguments: approved.content,
        },
      }),
      answers: answers.map(({ question, answer }) => ({ question, answer })),
    };
  }
}

/** Soon after, it is the same attempt; an engine that has not begun to ask by then has missed it. */
function attemptAt(age: number): string {
  const attempt = Math.floor((2 * age) / LOOK_AGAIN);
  return attempt === 0 ? '' : `-${attempt}`;
}

async function stillAsked(questions: Questions, owner: CallOwner, id: string): Promise<boolean> {
  const all = await questions.ofElement(owner.tenantId, owner.elementInstanceKey);
  return all.some(({ question }) => question.id === id);
}

/** The call with what people have answered so far; `undefined` when it is not waited for any more. */
function made(
  { name, version, callId, arguments: given }: ToolUse,
  answers: readonly { asks: string; answer: QuestionAnswer }[],
  resume: JsonValue,
  { owner, invoker, signal, user }: ToolCallContext,
): Promise<ToolOutcome | undefined> {
  const answered = {
    answers: Object.fromEntries(answers.map(({ asks, answer }) => [asks, answer])),
    ...(resume !== null && { resume }),
  };
  return orAborted(
    invoker.call(
      {
        tenantId: owner.tenantId,
        name,
        version,
        arguments: given,
        idempotencyKey: requestHash([owner.elementInstanceKey, callId, name, given]),
        run: owner.processInstanceKey,
        ...(user !== undefined && { user }),
        ...(answers.length > 0 && answered),
      },
      signal,
    ),
    signal,
  );
}

/** The question of this call at this place: the same one when the call is made again before it was answered. */
function askedBy(
  use: ToolUse,
  at: CallPlace,
  asks: ToolQuestion,
  resume: JsonValue,
  { owner, world }: ToolCallContext,
): AskedQuestion {
  const { kind, message, schema, proposed } = asks;
  const id = requestHash([owner.tenantId, owner.elementInstanceKey, at.sequence, at.requestHash, asks.id]);
  return {
    ...owner,
    ...at,
    request: { tool: use.name, version: use.version, callId: use.callId, arguments: use.arguments },
    question: {
      id: id.slice(0, 32),
      kind,
      tool: use.name,
      message,
      schema: schema as JsonObject,
      ...(proposed && { proposed }),
    },
    asks: asks.id,
    resume,
    answer: null,
    askedBy: '',
    askedAt: world.now(),
  };
}

function cancelled(name: string): CallResult {
  const message = `Expected the tool '${name}' to answer while it was waited for, but it did not`;
  return { response: null, error: { code: 'TOOL_CANCELLED', message }, usage };
}

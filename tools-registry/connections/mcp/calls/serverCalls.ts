import {
  type CallToolResult,
  type ElicitResult,
  type InputRequiredResult,
  ProtocolError,
} from '@modelcontextprotocol/client';
import type { JsonSchema, ToolQuestion } from '../../../contract/index.ts';
import { ANSWER_LOST } from '../wire/watchedTransport.ts';
import { type CallEnd, callFailed, type ServerCall } from './callEnd.ts';
import { deadlineOf } from './deadline.ts';
import { type AskedCall, createElicitations } from './elicitations.ts';
import { inRounds } from './inputRounds.ts';

/** ms for which a call is kept open at its server while a person thinks; after that it is made again with the answer. */
const KEPT_OPEN = 15 * 60_000;
/** Calls of one connection that are kept open so. */
const KEPT_CALLS = 50;
/** A call lasts at most this many times its timeout, whatever its progress. */
const PATIENCE = 60;

interface OpenCall extends AskedCall {
  /** How it ends, whoever waits for it. */
  end: Promise<CallEnd>;
  /** Settles with the next question, or with the end. */
  next: Promise<CallEnd>;
  waitOn(): void;
  goOn(): void;
  abort(): void;
  heard: ServerCall['heard'];
  /** The last it asked. */
  question?: ToolQuestion;
}

export interface ServerCallsWorld {
  schedule(ms: number, callback: () => void): () => void;
  /** The tool's name for people. */
  tool(tool: string): string;
}

type Make = (
  call: ServerCall,
  rounds: { inputResponses?: { [key: string]: unknown }; requestState?: string },
  options: { signal: AbortSignal; progressed: () => void },
) => Promise<CallToolResult | InputRequiredResult>;

/** The calls that are under way on one connection. */
export function createServerCalls({ schedule, tool }: ServerCallsWorld) {
  const elicitations = createElicitations();
  /** Calls whose question is with a person, by their key. */
  const kept = new Map<string, OpenCall>();
  const open = new Set<OpenCall>();

  function begin(
    call: ServerCall,
    timeout: number,
    make: Make,
    failed: (error: unknown) => CallEnd,
  ): OpenCall {
    const name = tool(call.tool);
    const deadline = deadlineOf(schedule, timeout);
    const patience = deadlineOf(schedule, timeout * PATIENCE);
    let wake: (end: CallEnd) => void = () => {};
    let ambiguous = false;
    const state: OpenCall = {
      answers: call.answers,
      asked: 0,
      heard: call.heard,
      end: Promise.resolve(callFailed('TOOL_FAILED', '')),
      next: Promise.resolve(callFailed('TOOL_FAILED', '')),
      waitOn() {
        state.next = Promise.race([
          state.end,
          new Promise<CallEnd>((resolve) => {
            wake = resolve;
          }),
        ]);
      },
      ask: (question: ToolQuestion) => {
        deadline.pause();
        state.question = question;
        wake({ kind: 'question', question });
      },
      ambiguous() {
        ambiguous = true;
      },
      goOn: () => deadline.putOff(),
      abort: () => deadline.abort(),
    };
    const signal = AbortSignal.any([deadline.signal, patience.signal]);
    const under = {
      ...call,
      heard: (progress: Parameters<NonNullable<ServerCall['heard']>>[0]) => state.heard?.(progress),
    };
    const progressed = () => {
      if (!state.waits) deadline.putOff();
    };
    elicitations.began(state);
    open.add(state);
    state.end = inRounds(call.resume, call.answers, (rounds) => make(under, rounds, { signal, progressed }))
      .catch((error: unknown): CallEnd => {
        if (deadline.passed) {
          return callFailed(
            'TOOL_TIMEOUT',
            `Expected '${name}' to answer or make progress within ${timeout} ms, but it did not`,
          );
        }
        if (patience.passed) {
          const most = timeout * PATIENCE;
          return callFailed(
            'TOOL_TIMEOUT',
            `Expected '${name}' to end within ${most} ms, but it only makes progress`,
          );
        }
        if (signal.aborted) {
          return callFailed('TOOL_CANCELLED', `Expected an answer of '${name}', but the call was cancelled`);
        }
        if (error instanceof ProtocolError && error.code === ANSWER_LOST) {
          return callFailed('TOOL_SERVER_UNAVAILABLE', error.message);
        }
        return failed(error);
      })
      .then((end): CallEnd => {
        deadline.end();
        patience.end();
        open.delete(state);
        elicitations.ended(state);
        return ambiguous
          ? callFailed(
              'TOOL_FAILED',
              `Expected to know which call '${name}' asks a person about, but several calls at once ask; make them one after the other`,
            )
          : end;
      });
    return state;
  }

  function keep(key: string, call: OpenCall): void {
    kept.set(key, call);
    const cancel = schedule(KEPT_OPEN, () => drop(key, call));
    void call.end.then(() => {
      cancel();
      if (kept.get(key) === call) kept.delete(key);
    });
    const [oldest] = kept;
    if (kept.size > KEPT_CALLS && oldest) drop(...oldest);
  }

  function drop(key: string, call: OpenCall): void {
    if (kept.get(key) === call) kept.delete(key);
    call.waits?.answer({ action: 'cancel' });
    call.abort();
  }

  return {
    /** A server of the older generation asks a person. */
    asked: (message: string, schema: JsonSchema): Promise<ElicitResult> =>
      elicitations.asked(message, schema),

    async run(
      call: ServerCall,
      timeout: number,
      signal: AbortSignal,
      make: Make,
      failed: (error: unknown) => CallEnd,
    ): Promise<CallEnd> {
      if (signal.aborted)
        return callFailed('TOOL_CANCELLED', 'Expected a call, but it was cancelled before it began');
      const waiting = kept.get(call.key);
      const answer = waiting?.waits && call.answers[waiting.waits.id];
      let under: OpenCall;
      if (waiting?.waits && answer) {
        kept.delete(call.key);
        under = waiting;
        under.answers = call.answers;
        under.heard = call.heard;
        under.waitOn();
        under.goOn();
        waiting.waits.answer(answer);
      } else if (waiting?.question) {
        return { kind: 'question', question: waiting.question };
      } else {
        under = begin(call, timeout, make, failed);
        under.waitOn();
      }
      const cancelled = () => under.abort();
      signal.addEventListener('abort', cancelled, { once: true });
      const end = await under.next;
      signal.removeEventListener('abort', cancelled);
      if (end.kind === 'question' && under.waits) {
        under.heard = undefined;
        keep(call.key, under);
      }
      return end;
    },

    /** The connection is over: nobody can answer any more. */
    close() {
      for (const call of open) call.waits?.answer({ action: 'cancel' });
      kept.clear();
    },
  };
}

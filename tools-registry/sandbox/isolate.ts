import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten';
import type { ToolFailureCode, ToolLimits } from '../contract/index.ts';
import {
  ARGUMENTS_LENGTH,
  CALLS_IN_ALL,
  LOG_LINE_LENGTH,
  LOG_LINES,
  MESSAGE_LENGTH,
  OUTPUT_LENGTH,
} from './limits.ts';
import { prelude } from './prelude.ts';
import type { HostCall, HostReply } from './runner.ts';

// Below what the host thread itself bears, so that runaway recursion ends as an error of the tool.
const STACK_BYTES = 64 * 1024;
const JOBS_PER_PORTION = 1_000;

/** A call as it is handed to an isolate: texts and numbers only. */
export interface IsolateJob {
  code: string;
  /** JSON. */
  input: string;
  limits: ToolLimits;
  /** 32 hex digits. */
  seed: string;
  /** epoch ms. */
  startedAt: number;
  /** Answers it has had already, in order. */
  replies: HostReply[];
}

/** How a call ended. */
export type IsolateEnd =
  | { ok: true; json: string }
  | { ok: false; code: ToolFailureCode; message: string; line?: number };

/** What came of letting a call compute until it has nothing left to do. */
export interface Slice {
  /** What it asks now; from the beginning of the call when it has just begun. */
  asks: HostCall[];
  /** Set when the call is over. */
  end?: IsolateEnd;
  logs: string[];
}

/** One call of a tool in a WebAssembly isolate of its own. Each method computes in the calling thread, for a bounded time. */
export interface Isolate {
  begin(job: IsolateJob): Slice;
  answer(reply: HostReply): Slice;
  /** @throws when the WebAssembly instance is damaged and may not be used any more */
  dispose(): void;
}

/** The WebAssembly instance aborted: nothing in it may be used any more. */
export class IsolateBroken extends Error {}

/**
 * @param now ms, for the limit of computing only: the tool cannot read it from here
 */
export function createIsolate(module: QuickJSWASMModule, now: () => number): Isolate {
  const runtime = module.newRuntime();
  let deadline = Number.POSITIVE_INFINITY;
  const isLate = () => now() > deadline;
  runtime.setMaxStackSize(STACK_BYTES);
  runtime.setInterruptHandler(isLate);
  runtime.setModuleLoader((name) => ({
    error: new Error(`Expected a tool to stand on its own, but it imports '${name}'`),
  }));
  const context = runtime.newContext();
  const logs: string[] = [];
  let asks: HostCall[] = [];
  let end: IsolateEnd | undefined;
  let posted = 0;
  /** ms of computing so far. */
  let used = 0;
  let limits: ToolLimits = { timeout: 0, memory: 0 };

  /** A text of the tool's, unless it is none or too long: then nothing of it is copied. */
  const textOf = (handle: QuickJSHandle | undefined, longest: number): string | undefined => {
    if (!handle || context.typeof(handle) !== 'string') return undefined;
    const length = context.getProp(handle, 'length').consume((value) => context.getNumber(value));
    return length <= longest ? context.getString(handle) : undefined;
  };
  const fault = (code: ToolFailureCode, message: string, line?: number): IsolateEnd => ({
    ok: false,
    code,
    message,
    ...(line !== undefined && { line }),
  });
  const thrown = ({ message, stack = '' }: { message: string; stack?: string }): IsolateEnd => {
    if (isLate() || /^(InternalError: )?interrupted$/.test(message)) {
      return fault(
        'TOOL_TIMEOUT',
        `Expected the tool to answer within ${limits.timeout / 1000} s, but it was still computing`,
      );
    }
    if (/^(InternalError: )?out of memory$/.test(message)) {
      return fault(
        'TOOL_MEMORY_EXCEEDED',
        `Expected the tool to stay below ${Math.round(limits.memory / 1e6)} MB, but it needs more`,
      );
    }
    const line = /\btool\.ts:(\d+)/.exec(stack)?.[1];
    return fault(
      'TOOL_FAILED',
      `Expected the tool to answer, but it threw: ${message}`,
      line === undefined ? undefined : Number(line),
    );
  };
  const dumped = (error: QuickJSHandle): IsolateEnd => {
    const what: unknown = context.dump(error);
    if (what && typeof what === 'object' && 'message' in what) {
      const { name, message, stack } = what as { name?: unknown; message: unknown; stack?: unknown };
      const said = String(message).slice(0, MESSAGE_LENGTH);
      return thrown({
        message: typeof name === 'string' && name !== 'Error' ? `${name}: ${said}` : said,
        stack: String(stack ?? ''),
      });
    }
    return thrown({ message: `${String(what).slice(0, MESSAGE_LENGTH)} (thrown, but no Error)` });
  };

  const ways = [
    context.newFunction('post', (call, name, json) => {
      const args = textOf(json, ARGUMENTS_LENGTH);
      posted += 1;
      if (posted > CALLS_IN_ALL) return;
      if (args === undefined) {
        end ??= fault(
          'TOOL_FAILED',
          `Expected the arguments of a host call to have at most ${ARGUMENTS_LENGTH / 1e6} million characters, but they have more`,
        );
        return;
      }
      asks.push({ call: Number(textOf(call, 10)), name: textOf(name, 40) ?? '', arguments: args });
    }),
    context.newFunction('log', (line) => {
      if (logs.length < LOG_LINES) logs.push(textOf(line, LOG_LINE_LENGTH) ?? '');
    }),
    context.newFunction('end', (how, what) => {
      if (end) return;
      if (textOf(how, 10) === 'answered') {
        const json = textOf(what, OUTPUT_LENGTH);
        end =
          json === undefined
            ? fault(
                'TOOL_OUTPUT_TOO_LARGE',
                `Expected an answer of at most ${OUTPUT_LENGTH / 1e6} million characters of JSON, but it is larger`,
              )
            : { ok: true, json };
      } else {
        end = thrown(
          JSON.parse(textOf(what, 10 * MESSAGE_LENGTH) ?? '{"message":""}') as {
            message: string;
            stack: string;
          },
        );
      }
    }),
  ];
  const inside = context.unwrapResult(context.evalCode(prelude, 'prelude.js')).consume((install) => {
    const made = context.unwrapResult(context.callFunction(install, context.undefined, ...ways));
    for (const way of ways) way.dispose();
    return made;
  });
  const begin = context.getProp(inside, 'begin');
  const settle = context.getProp(inside, 'settle');
  inside.dispose();

  /** A text inside, or nothing when there is no memory for it. */
  function newText(text: string): QuickJSHandle | undefined {
    const handle = context.newString(text);
    if (context.typeof(handle) === 'string') return handle;
    handle.dispose();
    end ??= thrown({ message: 'out of memory' });
    return undefined;
  }

  function called(which: QuickJSHandle, ...args: QuickJSHandle[]) {
    const result = context.callFunction(which, context.undefined, ...args);
    for (const arg of args) arg.dispose();
    if (result.error) end ??= result.error.consume(dumped);
    else result.value.dispose();
  }

  function drain() {
    // In portions: a chain of short promise jobs never meets the interrupt handler.
    while (!end && runtime.hasPendingJob()) {
      if (isLate()) {
        end = thrown({ message: 'interrupted' });
        return;
      }
      const jobs = runtime.executePendingJobs(JOBS_PER_PORTION);
      if (jobs.error) end ??= jobs.error.consume(dumped);
    }
  }

  /** Questions without an answer, of this slice and those before. */
  const open = new Set<number>();
  const answered = new Set<number>();

  function slice(work: () => void): Slice {
    const startedAt = now();
    deadline = startedAt + limits.timeout - used;
    asks = [];
    try {
      work();
      if (!end) drain();
    } catch (error) {
      // Nothing of the tool throws through to here: the instance itself gave up.
      throw new IsolateBroken(error instanceof Error ? error.message : String(error));
    } finally {
      used += now() - startedAt;
    }
    for (const { call } of asks) if (!answered.has(call)) open.add(call);
    if (!end && isLate()) end = thrown({ message: 'interrupted' });
    if (!end && open.size === 0)
      end = fault('TOOL_FAILED', 'Expected the tool to answer, but its promise never settles');
    const told = logs.splice(0);
    return { asks, logs: told, ...(end && { end }) };
  }

  function take({ call, ok, json, at }: HostReply) {
    answered.add(call);
    open.delete(call);
    const answer = newText(json);
    if (!answer) return;
    called(
      settle,
      context.newNumber(call),
      ok ? context.true.dup() : context.false.dup(),
      answer,
      context.newNumber(at),
    );
  }

  return {
    begin(job) {
      limits = job.limits;
      runtime.setMemoryLimit(job.limits.memory);
      return slice(() => {
        const input = newText(job.input);
        if (!input) return;
        const evaluated = context.evalCode(job.code, 'tool.ts', { type: 'module' });
        if (evaluated.error) {
          end = evaluated.error.consume(dumped);
          input.dispose();
          return;
        }
        const seed = job.seed.match(/.{8}/g)?.map((part) => Number.parseInt(part, 16) | 0) ?? [];
        called(
          begin,
          evaluated.value,
          input,
          context.newNumber(job.startedAt),
          ...[0, 1, 2, 3].map((index) => context.newNumber(seed[index] ?? index)),
        );
        for (const reply of job.replies) {
          drain();
          if (end) return;
          take(reply);
        }
      });
    },
    answer: (reply) => slice(() => take(reply)),
    dispose: () => dispose(context, runtime, [begin, settle]),
  };
}

function dispose(context: QuickJSContext, runtime: QuickJSRuntime, handles: QuickJSHandle[]) {
  try {
    for (const handle of handles) handle.dispose();
    context.dispose();
    runtime.dispose();
  } catch (error) {
    throw new IsolateBroken(error instanceof Error ? error.message : String(error));
  }
}

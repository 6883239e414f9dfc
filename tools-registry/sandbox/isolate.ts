import {
  newQuickJSWASMModule,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
} from 'quickjs-emscripten';
import type { JsonValue } from '../contract/index.ts';
import type { SandboxJob, SandboxOutcome } from './runner.ts';

const MAX_LOG_LINES = 200;
const MAX_LOG_LENGTH = 2_000;
// Below what the host thread itself bears, so that runaway recursion ends as an error of the tool.
const STACK_BYTES = 128 * 1024;
const JOBS_PER_PORTION = 1_000;

// What a tool's module sees besides the language: `defineTool` and a `console` that writes to the call's log.
const prelude = `
globalThis.defineTool = (tool) => tool;
globalThis.console = Object.fromEntries(
  ['log', 'info', 'warn', 'error', 'debug'].map((level) => [level, (...parts) => {
    __log(parts.map((part) => typeof part === 'string' ? part : JSON.stringify(part)).join(' '));
  }]),
);
`;

const call = `
import tool from 'tool';
if (typeof tool?.run !== 'function') {
  throw new TypeError("Expected the module to export default defineTool({ run }), but it has no run function");
}
globalThis.__result = (async () => JSON.stringify(await tool.run(JSON.parse(__input), Object.freeze({}))) ?? 'null')();
`;

let loading: Promise<QuickJSWASMModule> | undefined;

interface Thrown {
  message: string;
  /** 1-based line of the tool's module. */
  line?: number;
}

function describe(context: QuickJSContext, error: QuickJSHandle): Thrown {
  const dumped: unknown = context.dump(error);
  if (dumped && typeof dumped === 'object' && 'message' in dumped) {
    const { name, message, stack } = dumped as { name?: string; message: string; stack?: string };
    const line = /\btool:(\d+)/.exec(stack ?? '')?.[1];
    return {
      message: name && name !== 'Error' ? `${name}: ${message}` : message,
      ...(line !== undefined && { line: Number(line) }),
    };
  }
  return { message: String(dumped) };
}

/**
 * Runs one job in a fresh WebAssembly isolate: no host objects, no imports, bounded memory and time.
 * Blocks the thread it runs in for as long as the tool computes.
 * @param now epoch ms, for the time limit only: the tool itself cannot read it from here
 */
export async function runIsolated(job: SandboxJob, now: () => number): Promise<SandboxOutcome> {
  loading ??= newQuickJSWASMModule();
  const runtime = (await loading).newRuntime();
  const logs: string[] = [];
  const deadline = now() + job.limits.timeout;
  const isLate = () => now() > deadline;
  runtime.setMemoryLimit(job.limits.memory);
  runtime.setMaxStackSize(STACK_BYTES);
  runtime.setInterruptHandler(isLate);
  runtime.setModuleLoader((name) => {
    if (name === 'tool') return job.code;
    return { error: new Error(`Expected a tool to stand on its own, but it imports '${name}'`) };
  });
  const context = runtime.newContext();
  const failure = ({ message, line }: Thrown): SandboxOutcome => {
    if (/interrupted/.test(message)) {
      const seconds = job.limits.timeout / 1000;
      return {
        ok: false,
        code: 'TOOL_TIMEOUT',
        message: `Expected the tool to answer within ${seconds} s, but it was still running`,
        logs,
      };
    }
    if (/out of memory/.test(message)) {
      const megabytes = Math.round(job.limits.memory / 1e6);
      return {
        ok: false,
        code: 'TOOL_MEMORY_EXCEEDED',
        message: `Expected the tool to stay below ${megabytes} MB, but it needs more`,
        logs,
      };
    }
    return {
      ok: false,
      code: 'TOOL_FAILED',
      message: `Expected the tool to answer, but it threw: ${message}`,
      logs,
      ...(line !== undefined && { line }),
    };
  };
  try {
    context
      .newFunction('__log', (line) => {
        if (logs.length < MAX_LOG_LINES) logs.push(context.getString(line).slice(0, MAX_LOG_LENGTH));
      })
      .consume((handle) => context.setProp(context.global, '__log', handle));
    context
      .newString(JSON.stringify(job.input))
      .consume((handle) => context.setProp(context.global, '__input', handle));
    for (const [code, name, type] of [
      [prelude, 'prelude.js', 'global'],
      [call, 'call.js', 'module'],
    ] as const) {
      const evaluated = context.evalCode(code, name, { type });
      if (evaluated.error) return failure(evaluated.error.consume((error) => describe(context, error)));
      evaluated.value.dispose();
    }
    // In portions: a chain of short promise jobs never meets the interrupt handler.
    while (runtime.hasPendingJob()) {
      if (isLate()) return failure({ message: 'interrupted' });
      const jobs = runtime.executePendingJobs(JOBS_PER_PORTION);
      if (jobs.error) return failure(jobs.error.consume((error) => describe(context, error)));
    }
    return context.getProp(context.global, '__result').consume((promise) => {
      const state = context.getPromiseState(promise);
      if (state.type === 'fulfilled') {
        const text = state.value.consume((value) => context.getString(value));
        return { ok: true, value: JSON.parse(text) as JsonValue, logs };
      }
      if (state.type === 'rejected') return failure(state.error.consume((error) => describe(context, error)));
      return failure({ message: 'its promise never settles' });
    });
  } catch (error) {
    // A WebAssembly abort leaves the isolate unusable; the next job starts from a new one.
    loading = undefined;
    return failure({ message: error instanceof Error ? error.message : String(error) });
  } finally {
    try {
      context.dispose();
      runtime.dispose();
    } catch {
      loading = undefined;
    }
  }
}

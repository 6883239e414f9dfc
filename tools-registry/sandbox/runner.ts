import type { JsonValue, ToolFailureCode, ToolLimits } from '../contract/index.ts';

export interface SandboxJob {
  /** Compiled module (`compileTool`). */
  code: string;
  input: JsonValue;
  limits: ToolLimits;
}

export type SandboxOutcome =
  | { ok: true; value: JsonValue; logs: string[] }
  | {
      ok: false;
      code: ToolFailureCode;
      message: string;
      logs: string[];
      /** 1-based line of the module it failed at, where known. Removing types keeps lines. */
      line?: number;
    };

/** Runs a tool's code with nothing of the host in reach. Two forms: in this thread, and in a thread of its own. */
export interface SandboxRunner {
  run(job: SandboxJob, signal: AbortSignal): Promise<SandboxOutcome>;
  close(): Promise<void>;
}

import type { JsonValue, ToolFailureCode, ToolLimits } from '../contract/index.ts';

export interface SandboxJob {
  /** Compiled module (`compileTool`). */
  code: string;
  input: JsonValue;
  limits: ToolLimits;
  /** Whose call it is: one owner's busy calls leave threads to the others. */
  owner?: string;
  /** A call that was made before: made again as it was, without asking the host anything. */
  replay?: CallRecording;
  /** A call that ended as one that waits: made again as far as it was, and then on. */
  resume?: CallRecording;
  /** Whether what is asked is what the recording has, where that has no more than a fingerprint of it. */
  isSame?(recorded: string, asked: string): boolean;
}

/** What a tool asks of its host. */
export interface HostQuestion {
  name: string;
  arguments: JsonValue;
  /** The tool's own count: the same for the same question, however often the call is begun again. */
  call: number;
}

export type HostAnswer = { ok: true; value: JsonValue } | { ok: false; code: string; message: string };

/** Only a person has the answer: the call ends when nothing else is left to do, to be gone on with later. */
export const WAITS = 'waits';

/** Answers a tool's questions; never throws for what a tool asked. The signal ends with the call. */
export type AskHost = (question: HostQuestion, signal: AbortSignal) => Promise<HostAnswer | typeof WAITS>;

/** A question on its way: the number is the tool's own count. */
export interface HostCall {
  call: number;
  name: string;
  /** JSON. */
  arguments: string;
}

export interface HostReply {
  call: number;
  ok: boolean;
  /** JSON of the value, or of `{code, message}`. */
  json: string;
  /** epoch ms: what the tool's clock says from then on. */
  at: number;
}

/** Everything a call depends on beside its code and input. */
export interface CallRecording {
  seed: string;
  /** epoch ms. */
  startedAt: number;
  calls: HostCall[];
  /** In the order the tool got them. */
  replies: HostReply[];
}

export type SandboxOutcome =
  | { ok: true; value: JsonValue; logs: string[]; recording: CallRecording }
  | {
      ok: false;
      code: ToolFailureCode;
      message: string;
      logs: string[];
      /** 1-based line of the module it failed at, where known. Removing types keeps lines. */
      line?: number;
      /** With `TOOL_INPUT_REQUIRED`: what the call goes on from. */
      recording?: CallRecording;
    };

/** Runs a tool's code with nothing of the host in reach but what `ask` answers. */
export interface SandboxRunner {
  run(job: SandboxJob, ask: AskHost, signal: AbortSignal): Promise<SandboxOutcome>;
  /** Starts what the first call would otherwise wait for. */
  warm(): void;
  close(): Promise<void>;
}

/** For code that may ask nothing. */
export const askNothing: AskHost = async ({ name }) => ({
  ok: false,
  code: 'NOT_GRANTED',
  message: `Expected a tool that asks for nothing, but it uses ${name}`,
});

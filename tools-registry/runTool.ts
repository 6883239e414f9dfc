import { createCompiler } from './authoring/compile.ts';
import { checked, failedCall } from './checkedCall.ts';
import {
  type CatalogTool,
  granted,
  type JsonValue,
  type ToolCall,
  type ToolCatalog,
  type ToolOutcome,
  type ToolQuestion,
  type ToolSource,
} from './contract/index.ts';
import { createToolHost, type ToolHost } from './host/host.ts';
import { isSameQuestion, readResume, recordingOf, resumeOf } from './host/resume.ts';
import type { ToolWorld } from './host/world.ts';
import type { CallRecording, SandboxRunner } from './sandbox/runner.ts';

/** What a tool that is written in TypeScript runs on. */
export interface ToolRuntime {
  sandbox: SandboxRunner;
  world: ToolWorld;
}

/** One call of one version of a tool. */
export interface ToolRun {
  tenantId: string;
  tool: CatalogTool;
  input: JsonValue;
  /** Whose files it may see. */
  run?: string | undefined;
  answers?: ToolCall['answers'];
  /** What an earlier call of it ended with when it asked. */
  resume?: JsonValue | undefined;
}

/** How many tools' compiled code is kept. */
const KEPT = 1_000;
const compile = createCompiler(KEPT);

/** Runs the tool in the sandbox with what it is granted. */
export async function runInSandbox(
  { sandbox, world }: ToolRuntime,
  { tenantId, tool, input, run, answers = {}, resume }: ToolRun,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const { definition, version } = tool;
  const compiled = compile(definition.source);
  if (!compiled.ok) return failedCall('TOOL_FAILED', compiled.problem.message, version, compiled.problem);
  const declared = definition.capabilities;
  const host = createToolHost({
    world,
    tenantId,
    toolId: tool.id,
    run,
    keepsWith: tool.keepsWith,
    answers,
    sideEffect: definition.sideEffect,
    declared,
    capabilities: granted(declared, await world.granted(tenantId, tool.id)),
  });
  const goesOnFrom = readResume(resume);
  const job = {
    code: compiled.code,
    input,
    limits: definition.limits,
    owner: tenantId,
    ...(goesOnFrom && {
      resume: await recordingOf(goesOnFrom, host.ask, signal),
      isSame: isSameQuestion(goesOnFrom.seed),
    }),
  };
  const outcome = await sandbox.run(job, host.ask, signal);
  const logs = outcome.logs.map(host.mask.text);
  const told = { logs, ...(host.calls.length > 0 && { hostCalls: host.calls }) };
  if (!outcome.ok) {
    const { code, message, line, recording } = outcome;
    const [question] = host.questions;
    if (question && recording) return waiting(question, recording, host, version, told);
    return failedCall(code, host.mask.text(message), version, {
      ...told,
      ...(line !== undefined && { line }),
    });
  }
  return { ok: true, value: host.mask.value(outcome.value), version, ...told };
}

/** The end of a call that only a person can help on. */
function waiting(
  question: ToolQuestion,
  recording: CallRecording,
  { mask }: ToolHost,
  version: number,
  told: object,
): ToolOutcome {
  const resume = resumeOf(recording, mask, version);
  if (resume === undefined)
    return failedCall(
      'TOOL_FAILED',
      'Expected what a call was answered before it asks a person to be small enough to be kept, but it is larger than 1 MB',
      version,
      told,
    );
  const message = `Expected somebody to answer first: ${question.message}`;
  const masked = mask.value(question as unknown as JsonValue) as unknown as ToolQuestion;
  return {
    ok: false,
    failure: { code: 'TOOL_INPUT_REQUIRED', message: mask.text(message), details: told },
    version,
    question: masked,
    resume,
  };
}

/** Validates the arguments, runs the tool, validates the answer: a try of its author, who needs nobody's approval. */
export function runTool(runtime: ToolRuntime, run: ToolRun, signal: AbortSignal): Promise<ToolOutcome> {
  return checked(run.tool, run.input, () => runInSandbox(runtime, run, signal));
}

/** The tenant's own tools. */
export function savedTools(catalog: ToolCatalog, runtime: ToolRuntime): ToolSource {
  return {
    ...catalog,
    owns: (name) => !name.includes('.'),
    async run(tool, { tenantId, arguments: input, run, answers, resume }, signal) {
      // What asked goes on: a version that came since has asked nothing.
      const asked = readResume(resume)?.version ?? tool.version;
      const same = asked === tool.version ? tool : await catalog.get(tenantId, tool.definition.name, asked);
      return runInSandbox(runtime, { tenantId, tool: same ?? tool, input, run, answers, resume }, signal);
    },
  };
}

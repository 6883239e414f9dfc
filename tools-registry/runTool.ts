import { createCompiler } from './authoring/compile.ts';
import { checked, failedCall } from './checkedCall.ts';
import {
  type CatalogTool,
  granted,
  type JsonValue,
  type ToolCatalog,
  type ToolOutcome,
  type ToolSource,
} from './contract/index.ts';
import { createToolHost } from './host/host.ts';
import type { ToolWorld } from './host/world.ts';
import type { SandboxRunner } from './sandbox/runner.ts';

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
}

/** How many tools' compiled code is kept. */
const KEPT = 1_000;
const compile = createCompiler(KEPT);

/** Runs the tool in the sandbox with what it is granted. */
export async function runInSandbox(
  { sandbox, world }: ToolRuntime,
  { tenantId, tool, input, run }: ToolRun,
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
    declared,
    capabilities: granted(declared, await world.granted(tenantId, tool.id)),
  });
  const job = { code: compiled.code, input, limits: definition.limits, owner: tenantId };
  const outcome = await sandbox.run(job, host.ask, signal);
  const logs = outcome.logs.map(host.mask.text);
  const told = { logs, ...(host.calls.length > 0 && { hostCalls: host.calls }) };
  if (!outcome.ok) {
    const { code, message, line } = outcome;
    return failedCall(code, host.mask.text(message), version, {
      ...told,
      ...(line !== undefined && { line }),
    });
  }
  return { ok: true, value: host.mask.value(outcome.value), version, ...told };
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
    run: (tool, { tenantId, arguments: input, run }, signal) =>
      runInSandbox(runtime, { tenantId, tool, input, run }, signal),
  };
}

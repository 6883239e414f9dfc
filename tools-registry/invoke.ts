import { createCompiler } from './authoring/compile.ts';
import {
  type CatalogTool,
  granted,
  type JsonValue,
  type ToolCatalog,
  type ToolFailureCode,
  type ToolInvoker,
  type ToolOutcome,
  validateAgainst,
} from './contract/index.ts';
import { createToolHost } from './host/host.ts';
import type { ToolWorld } from './host/world.ts';
import type { SandboxRunner } from './sandbox/runner.ts';

/** What calling a tool stands on. */
export interface ToolRuntime {
  sandbox: SandboxRunner;
  world: ToolWorld;
  /** Whether FEEL over the arguments holds; anything but a clear no is a yes. */
  holds(expression: string, input: JsonValue): boolean;
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

function refusal(code: ToolFailureCode, message: string, version: number, details?: unknown): ToolOutcome {
  return { ok: false, failure: { code, message, ...(details === undefined ? {} : { details }) }, version };
}

/** Validates the arguments, runs the tool in the sandbox with what it is granted, validates the answer. */
export async function runTool(
  { sandbox, world }: Pick<ToolRuntime, 'sandbox' | 'world'>,
  { tenantId, tool, input, run }: ToolRun,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const { definition, version } = tool;
  const wrongInput = validateAgainst(definition.input, input);
  if (wrongInput[0]) {
    return refusal('TOOL_INPUT_INVALID', wrongInput[0].message, version, { violations: wrongInput });
  }
  const compiled = compile(definition.source);
  if (!compiled.ok) return refusal('TOOL_FAILED', compiled.problem.message, version, compiled.problem);
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
  const told = { logs, hostCalls: host.calls };
  if (!outcome.ok) {
    const { code, message, line } = outcome;
    return refusal(code, host.mask.text(message), version, { ...told, ...(line !== undefined && { line }) });
  }
  const value = host.mask.value(outcome.value);
  const wrongOutput = validateAgainst(definition.output, value);
  if (wrongOutput[0]) {
    return refusal('TOOL_OUTPUT_INVALID', wrongOutput[0].message, version, {
      violations: wrongOutput,
      output: value,
      ...told,
    });
  }
  return { ok: true, value, version, logs, ...(host.calls.length > 0 && { hostCalls: host.calls }) };
}

/** The one way to call a published tool. */
export function createToolInvoker(catalog: ToolCatalog, runtime: ToolRuntime): ToolInvoker {
  return {
    async call({ tenantId, name, version, arguments: input, run, approved = false }, signal) {
      const tool = await catalog.get(tenantId, name, version);
      if (!tool) {
        const wanted = version === undefined ? `'${name}'` : `'${name}' in version ${version}`;
        return refusal('TOOL_NOT_FOUND', `Expected a tool ${wanted}, but there is none`, version ?? 0);
      }
      const { approval } = tool.definition;
      const asks =
        approval === 'always' || (typeof approval === 'object' && runtime.holds(approval.when, input));
      if (asks && !approved) {
        return refusal(
          'TOOL_APPROVAL_REQUIRED',
          `Expected somebody to approve this call of '${name}' first, but nobody has`,
          tool.version,
        );
      }
      return runTool(runtime, { tenantId, tool, input, run }, signal);
    },
  };
}

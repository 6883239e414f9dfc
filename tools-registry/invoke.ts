import { compileTool } from './authoring/compile.ts';
import {
  type JsonValue,
  type ToolCatalog,
  type ToolDefinition,
  type ToolFailureCode,
  type ToolInvoker,
  type ToolOutcome,
  validateAgainst,
} from './contract/index.ts';
import type { SandboxRunner } from './sandbox/runner.ts';

function refusal(code: ToolFailureCode, message: string, version: number, details?: unknown): ToolOutcome {
  return { ok: false, failure: { code, message, ...(details === undefined ? {} : { details }) }, version };
}

/** Validates the arguments, runs the tool in the sandbox, validates the answer. */
export async function runTool(
  sandbox: SandboxRunner,
  definition: ToolDefinition,
  version: number,
  input: JsonValue,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const wrongInput = validateAgainst(definition.input, input);
  if (wrongInput[0]) {
    return refusal('TOOL_INPUT_INVALID', wrongInput[0].message, version, { violations: wrongInput });
  }
  const compiled = compileTool(definition.source);
  if (!compiled.ok) return refusal('TOOL_FAILED', compiled.problem.message, version, compiled.problem);
  const outcome = await sandbox.run({ code: compiled.code, input, limits: definition.limits }, signal);
  if (!outcome.ok) {
    const { code, message, logs, line } = outcome;
    return refusal(code, message, version, { logs, ...(line !== undefined && { line }) });
  }
  const wrongOutput = validateAgainst(definition.output, outcome.value);
  if (wrongOutput[0]) {
    return refusal('TOOL_OUTPUT_INVALID', wrongOutput[0].message, version, {
      violations: wrongOutput,
      output: outcome.value,
      logs: outcome.logs,
    });
  }
  return { ok: true, value: outcome.value, version, logs: outcome.logs };
}

/** The one way to call a published tool. */
export function createToolInvoker(catalog: ToolCatalog, sandbox: SandboxRunner): ToolInvoker {
  return {
    async call({ tenantId, name, version, arguments: input }, signal) {
      const found = await catalog.get(tenantId, name, version);
      if (!found) {
        const wanted = version === undefined ? `'${name}'` : `'${name}' in version ${version}`;
        return refusal('TOOL_NOT_FOUND', `Expected a tool ${wanted}, but there is none`, version ?? 0);
      }
      return runTool(sandbox, found.definition, found.version, input, signal);
    },
  };
}

import {
  type CatalogTool,
  type JsonValue,
  type ToolFailureCode,
  type ToolOutcome,
  validateAgainst,
} from './contract/index.ts';

export function failedCall(
  code: ToolFailureCode,
  message: string,
  version: number,
  details?: unknown,
): ToolOutcome & { ok: false } {
  return { ok: false, failure: { code, message, ...(details === undefined ? {} : { details }) }, version };
}

/** A call whose arguments fit the tool's input, and whose answer fits its output. */
export async function checked(
  { definition, version }: CatalogTool,
  input: JsonValue,
  run: () => Promise<ToolOutcome>,
): Promise<ToolOutcome> {
  const wrongInput = validateAgainst(definition.input, input);
  if (wrongInput[0]) {
    return failedCall('TOOL_INPUT_INVALID', wrongInput[0].message, version, { violations: wrongInput });
  }
  const outcome = await run();
  if (!outcome.ok) return outcome;
  const wrongOutput = validateAgainst(definition.output, outcome.value);
  if (!wrongOutput[0]) return outcome;
  const { value: output, logs, hostCalls } = outcome;
  return failedCall('TOOL_OUTPUT_INVALID', wrongOutput[0].message, version, {
    violations: wrongOutput,
    output,
    logs,
    ...(hostCalls && { hostCalls }),
  });
}

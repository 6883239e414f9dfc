import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { type CommandContext, type CommandFailure, failure, usageError } from '../command.ts';

/** Options of commands that hand over variables. */
export const variableOptions = {
  var: {
    type: 'texts',
    short: 'v',
    value: 'name=value',
    help: 'A variable: JSON if it can be read as JSON, else a text',
  },
  vars: {
    type: 'text',
    value: 'file',
    completes: 'file',
    help: 'Variables as a JSON object in a file; - is standard input',
  },
} as const;

export async function variablesOf(
  { var: single, vars }: { var: readonly string[]; vars: string | undefined },
  { files, input }: Pick<CommandContext, 'files' | 'input'>,
): Promise<Result<JsonObject, CommandFailure>> {
  let variables: JsonObject = {};
  if (vars !== undefined) {
    const text = vars === '-' ? await input.text() : await files.read(vars);
    if (!text.ok) return failed(failure(text.failure.message));
    const read = objectIn(text.value, vars === '-' ? 'standard input' : vars);
    if (!read.ok) return read;
    variables = read.value;
  }
  for (const word of single) {
    const at = word.indexOf('=');
    if (at < 1) return failed(usageError(`Expected --var <name>=<value>, but it is '${word}'`));
    variables[word.slice(0, at)] = valueIn(word.slice(at + 1));
  }
  return ok(variables);
}

/** A JSON object in a text of that origin. */
export function objectIn(text: string, origin: string): Result<JsonObject, CommandFailure> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value as JsonObject);
    return failed(failure(`Expected a JSON object in ${origin}, but it is something else`));
  } catch (error) {
    return failed(
      failure(`Expected a JSON object in ${origin}, but it cannot be read: ${(error as Error).message}`),
    );
  }
}

function valueIn(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

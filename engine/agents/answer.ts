import { failed, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { type JsonSchema, type SchemaViolation, validateAgainst } from '@baton/tools-registry/contract';

/** What a model answered, read as JSON; a fence around it is no matter. */
export function parseAnswer(text: string): JsonValue | undefined {
  const unfenced = text.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
  try {
    return JSON.parse(unfenced) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Characters of an answer that are told when it is not what it has to be. */
const told = { notJson: 200, whole: 2_000 };

export function checkAnswer(text: string, schema: JsonSchema): Result<JsonValue, SchemaViolation[]> {
  const answer = parseAnswer(text);
  if (answer === undefined) {
    const message = `Expected the answer to be JSON, but it is: ${text.slice(0, told.notJson)}`;
    return failed([{ pointer: '', message }]);
  }
  const violations = validateAgainst(schema, answer);
  return violations.length === 0 ? ok(answer) : failed(violations);
}

/** What a model is told that has to answer again. */
export function repairOf(violations: readonly SchemaViolation[]): string {
  return `The answer does not fit its schema:\n${violations.map(({ message }) => `- ${message}`).join('\n')}\nAnswer again, with JSON only.`;
}

/** For people: what was expected, where, and what came. */
export function differenceOf(violations: readonly SchemaViolation[], text: string): string {
  const expected = violations.map(({ message }) => message).join('\n');
  return parseAnswer(text) === undefined
    ? expected
    : `${expected}\nIt answered: ${text.trim().slice(0, told.whole)}`;
}

import { type JsonSchema, type JsonValue, validateAgainst } from '../contract/index.ts';
import type { HostAnswer, WAITS } from '../sandbox/runner.ts';
import type { HostService, ToolCallPlace } from './service.ts';

/** A service whose arguments are checked against a schema before it sees them. */
export interface CheckedService<A> extends Omit<HostService, 'answer'> {
  input: JsonSchema;
  answer(args: A, place: ToolCallPlace, signal: AbortSignal): Promise<HostAnswer | typeof WAITS>;
}

export function withArguments<A>({ input, answer, ...service }: CheckedService<A>): HostService {
  return {
    ...service,
    async answer(args, place, signal) {
      const wrong = validateAgainst(input, args)[0];
      return wrong ? invalid(wrong.message) : answer(args as A, place, signal);
    },
  };
}

export function invalid(message: string): HostAnswer {
  return { ok: false, code: 'REQUEST_INVALID', message };
}

/** A schema of an object that has nothing else. */
export function exactly(properties: { [name: string]: JsonSchema }, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

export const text = (maxLength: number, minLength = 0): JsonSchema => ({
  type: 'string',
  minLength,
  maxLength,
});
export const object: JsonSchema = { type: 'object' };
export const wholeNumber = (minimum: number, maximum: number): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum,
});

/** What is left of a list's length in words. */
export function countOf(value: JsonValue, field: string): number {
  const list = (value as { [name: string]: JsonValue })[field];
  return Array.isArray(list) ? list.length : 0;
}

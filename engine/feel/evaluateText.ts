import { failed, type JsonObject, type Result } from '@baton/engine/protocol';
import type { Evaluation, Feel } from './expression.ts';

/** Why a text gave no value; with the place where it cannot be read. */
export interface TextFailure {
  message: string;
  /** 0-based. */
  offset?: number;
}

/** Reads an expression (without the leading `=`) and evaluates it, for whoever tries one out. */
export function evaluateText(
  feel: Feel,
  text: string,
  context: JsonObject,
  now: number,
): Result<Evaluation, TextFailure> {
  const expression = feel.parse(`=${text}`);
  if (!expression.ok)
    return failed({ message: expression.failure.message, offset: expression.failure.offset });
  const value = feel.evaluate(expression.value, context, now);
  return value.ok ? value : failed({ message: value.failure.message });
}

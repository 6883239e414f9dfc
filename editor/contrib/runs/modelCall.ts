import type { Call, JsonValue } from '@baton/gateway/api';

export interface ReadModelCall {
  /** What the process asked, without instructions; empty for the answer to a tool's result. */
  prompt: string;
  /** Text, or the value when the model answered JSON. */
  answer: JsonValue | undefined;
  toolCalls: readonly { id: string; name: string; arguments: JsonValue }[];
}

type Fields = { [name: string]: JsonValue };
const fields = (value: JsonValue | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const list = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);

/** Reads the recorded request and response of a model call; what is not there stays empty. */
export function readModelCall(call: Pick<Call, 'request' | 'response'>): ReadModelCall {
  const last = fields(list(fields(call.request).messages).at(-1));
  const response = fields(call.response);
  return {
    prompt: last.role === 'user' && typeof last.text === 'string' ? last.text : '',
    answer:
      typeof response.text === 'string'
        ? parsed(response.text)
        : typeof call.response === 'string'
          ? call.response
          : undefined,
    toolCalls: list(response.toolCalls).map((item, at) => {
      const tool = fields(item);
      return { id: String(tool.id ?? at), name: String(tool.name ?? ''), arguments: tool.arguments ?? null };
    }),
  };
}

/** What a tool was given: its arguments, without what the call names it by. */
export function toolArguments({ request }: Pick<Call, 'request'>): JsonValue {
  return fields(request).arguments ?? request;
}

function parsed(text: string): JsonValue {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Which of a model's calls a tool was called for. */
export function callIdOf({ request }: Pick<Call, 'request'>): string {
  return String(fields(request).callId ?? '');
}

/** An answer that is text, or values that are nothing but a text. */
export function plainText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  const { text, ...rest } = fields(value);
  return typeof text === 'string' && Object.keys(rest).length === 0 ? text : undefined;
}

/** Short enough to be read in a line or two. */
export function fitsLine(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').length < 80;
}

import type { CallToolResult } from '@modelcontextprotocol/client';
import type {
  JsonSchema,
  JsonValue,
  ToolAnswer,
  ToolFailureCode,
  ToolProgress,
  ToolQuestion,
} from '../../../contract/index.ts';

/** A call of a tool at its server. */
export interface ServerCall {
  /** The tool's name there. */
  tool: string;
  /** Of its arguments: some of them go into headers, too. */
  input: JsonSchema;
  arguments: { [name: string]: JsonValue };
  /** The same for the same call, however often it is begun again. */
  key: string;
  answers: { readonly [questionId: string]: ToolAnswer };
  resume: JsonValue | undefined;
  heard: ((progress: ToolProgress) => void) | undefined;
}

/** How a call ended as far as the wire goes. */
export type CallEnd =
  | { kind: 'result'; result: CallToolResult }
  | { kind: 'question'; question: ToolQuestion; resume?: JsonValue }
  /** The server does not know our session any more: nothing was done. */
  | { kind: 'forgotten' }
  | { kind: 'failed'; code: ToolFailureCode; message: string };

export function callFailed(code: ToolFailureCode, message: string): CallEnd {
  return { kind: 'failed', code, message };
}

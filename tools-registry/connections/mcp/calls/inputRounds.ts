import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/client';
import type { JsonSchema, JsonValue, ToolAnswer } from '../../../contract/index.ts';
import { currentSchema } from '../contracts/currentSchema.ts';
import { type CallEnd, callFailed } from './callEnd.ts';
import { asResult, questionId } from './elicitations.ts';

/** Times a server may ask in one call. */
const ROUNDS = 20;

/** Where a call stands that a server of the newer generation has asked in: it goes on from here, whenever. */
interface Round {
  round: number;
  requests: { [key: string]: { message: string; schema: JsonSchema } };
  requestState?: string;
}

type Params = { inputResponses?: { [key: string]: unknown }; requestState?: string };

/** Makes the call, and makes it again with what people answered, until it is done or somebody has to be asked. */
export async function inRounds(
  resume: JsonValue | undefined,
  answers: { readonly [questionId: string]: ToolAnswer },
  make: (params: Params) => Promise<CallToolResult | InputRequiredResult>,
): Promise<CallEnd> {
  let standing = resume as unknown as Round | undefined;
  for (;;) {
    let params: Params = {};
    if (standing) {
      const responses: { [key: string]: unknown } = {};
      for (const [key, { message, schema }] of Object.entries(standing.requests)) {
        const id = questionId(`${standing.round}-${key}`, message, schema);
        const answer = answers[id];
        if (!answer) {
          const question = { id, kind: 'input' as const, message, schema: currentSchema(schema) };
          return { kind: 'question', question, resume: standing as unknown as JsonValue };
        }
        responses[key] = asResult(answer);
      }
      const { requestState } = standing;
      params = {
        ...(Object.keys(responses).length > 0 && { inputResponses: responses }),
        ...(requestState !== undefined && { requestState }),
      };
    }
    const result = await make(params);
    if (result.resultType !== 'input_required') return { kind: 'result', result: result as CallToolResult };
    const round: number = (standing?.round ?? 0) + 1;
    if (round > ROUNDS) {
      return callFailed(
        'TOOL_FAILED',
        `Expected the tool to ask at most ${ROUNDS} times, but it goes on asking`,
      );
    }
    const requests: Round['requests'] = {};
    for (const [key, request] of Object.entries((result as InputRequiredResult).inputRequests ?? {})) {
      const { method, params: wanted } = request as {
        method: string;
        params?: { mode?: string; message?: string; requestedSchema?: JsonSchema };
      };
      if (method !== 'elicitation/create' || !wanted?.requestedSchema) {
        const what = method === 'elicitation/create' ? 'a visit to a page' : `'${method}'`;
        return callFailed(
          'TOOL_FAILED',
          `Expected a tool that asks people by forms, but it asks for ${what}`,
        );
      }
      requests[key] = { message: wanted.message ?? '', schema: wanted.requestedSchema };
    }
    const { requestState } = result as InputRequiredResult;
    standing = { round, requests, ...(requestState !== undefined && { requestState }) };
  }
}

import type { ModelResponse } from '@baton/engine/llm';
import type { AgentRecording, CallRecord } from '@baton/engine/protocol';
import { requestHash } from '../canonical.ts';
import { settledCalls } from './replayRun.ts';

/** One turn of a run: an answer of a model, and the tools it called. */
export interface RecordedLoop {
  model: CallRecord;
  tools: {
    call: CallRecord /** As the model named and filled them. */;
    asked: ModelResponse['toolCalls'][number];
  }[];
}

export const responseOf = ({ response }: CallRecord) => response as unknown as ModelResponse;

/** The loops that came to an answer; calls of models that failed, or that put loops into words, are not among them. */
export function loopsOf({ calls }: Pick<AgentRecording, 'calls'>): RecordedLoop[] {
  const loops: RecordedLoop[] = [];
  for (const call of [...settledCalls(calls).values()].sort((a, b) => a.sequence - b.sequence)) {
    if (call.kind === 'model') {
      if (call.error === null && !call.context?.summary) loops.push({ model: call, tools: [] });
      continue;
    }
    const loop = loops.at(-1);
    const { callId } = call.request as { callId?: string };
    const asked = loop && responseOf(loop.model).toolCalls.find(({ id }) => id === callId);
    if (asked) loop.tools.push({ call, asked });
  }
  return loops;
}

/** What a tool's call is known by: the same tool and arguments, in whatever order they are written. */
export const sameCall = (tool: string, given: unknown) => requestHash([tool, given as never]);

import type { GuardrailPolicy } from '@baton/engine/guardrails';
import type { AgentRecording } from '@baton/engine/protocol';
import type { AgentDefinition } from '../definitions.ts';
import type { AgentRunResult } from '../runner.ts';
import { blankAgent, type Scripted } from '../runTest.ts';
import { recordingOf } from './recordingOf.ts';

/** What was recorded of a run that has ended. */
export async function recorded(
  { calls }: Scripted,
  changes: Partial<AgentDefinition>,
  { result }: Pick<AgentRunResult, 'result'>,
  policy?: GuardrailPolicy,
): Promise<AgentRecording> {
  const recording = await recordingOf(
    calls.records,
    {
      status: result.ok ? 'completed' : 'failed',
      result: result.ok ? result.value : null,
      error: result.ok ? null : { code: result.failure.code, message: result.failure.message },
    },
    [],
    {
      agent: async () => ({ name: 'triage', definition: { ...blankAgent, ...changes } as never }),
      named: async (kind) => (kind === 'policy' ? (policy as never) : undefined),
    },
  );
  if (!recording.ok) throw new Error(recording.failure.message);
  // As it travels.
  return JSON.parse(JSON.stringify(recording.value));
}

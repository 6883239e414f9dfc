import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '@baton/engine/protocol';
import type { ToolContent, ToolTestResult } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { ToolRun, ToolRunService } from './service.ts';

type Sample = ToolContent['samples'][number];

/** Runs every sample of the content, one after the other: a later one may count on what an earlier one kept. */
export async function runSamples(
  runs: ToolRunService,
  tenantId: string,
  id: string,
  content: ToolContent,
  signal: AbortSignal,
): Promise<Result<ToolTestResult[], Refusal>> {
  const results: ToolTestResult[] = [];
  for (const sample of content.samples) {
    if (signal.aborted) break;
    const ran = await runs.run(tenantId, id, content, sample.input, signal);
    if (!ran.ok) return ran;
    results.push(resultOf(sample, ran.value));
  }
  return ok(results);
}

function resultOf({ name, expects }: Sample, { outcome, duration }: ToolRun): ToolTestResult {
  const message = difference(expects, outcome);
  return {
    name,
    passed: message === undefined,
    ...(message !== undefined && { message }),
    ...(outcome.ok ? { output: outcome.value } : { error: outcome.failure.code }),
    duration,
  };
}

function difference(expects: Sample['expects'], outcome: ToolRun['outcome']): string | undefined {
  if (expects && 'error' in expects) {
    if (outcome.ok) return `Expected the failure ${expects.error}, but it answered`;
    const { code, message } = outcome.failure;
    return code === expects.error || message.includes(expects.error)
      ? undefined
      : `Expected the failure ${expects.error}, but it was ${code}: ${message}`;
  }
  if (!outcome.ok) return outcome.failure.message;
  if (!expects || isDeepStrictEqual(outcome.value, expects.output)) return undefined;
  return `Expected ${short(expects.output)}, but it answered ${short(outcome.value)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}

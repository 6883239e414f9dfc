import { ok, type Result } from '@baton/engine/protocol';
import type { ToolDefinition, ToolOutcome } from '@baton/tools-registry/contract';
import type { JsonValue, ToolContent } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';

/** Runs a tool once in the sandbox, saved or not: what the author's Run button does. */
export interface ToolTrial {
  run(
    tenantId: string,
    definition: ToolDefinition,
    version: number,
    input: JsonValue,
    signal: AbortSignal,
  ): Promise<ToolOutcome>;
}

export interface ToolRun {
  outcome: ToolOutcome;
  /** ms */
  duration: number;
}

export interface ToolRunService {
  /** @param draft content that is not saved yet, instead of the latest version. */
  run(
    tenantId: string,
    id: string,
    draft: ToolContent | undefined,
    input: JsonValue,
  ): Promise<Result<ToolRun, Refusal>>;
}

export function createToolRunService(
  tools: VersionedService<ToolContent>,
  trial: ToolTrial,
  now: () => number,
): ToolRunService {
  return {
    async run(tenantId, id, draft, input) {
      const found = await tools.get(tenantId, id, undefined);
      if (!found.ok) return found;
      const { name, version, content } = found.value;
      const startedAt = now();
      const definition = { name, ...(draft ?? content) };
      const outcome = await trial.run(tenantId, definition, version, input, new AbortController().signal);
      return ok({ outcome, duration: now() - startedAt });
    },
  };
}

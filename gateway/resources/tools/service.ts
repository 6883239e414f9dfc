import { ok, type Result } from '@baton/engine/protocol';
import { type CatalogTool, readToolDefinition, type ToolOutcome } from '@baton/tools-registry/contract';
import type { JsonValue, ToolContent } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConnectionTrial } from '../connections/routes.ts';
import type { VersionedService } from '../versioned/index.ts';
import type { ToolChecks } from './validation.ts';

/** Runs and checks a tool, saved or not: what its author does. */
export interface ToolTrial extends ToolChecks, ConnectionTrial {
  run(tenantId: string, tool: CatalogTool, input: JsonValue, signal: AbortSignal): Promise<ToolOutcome>;
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
    signal: AbortSignal,
  ): Promise<Result<ToolRun, Refusal>>;
}

export function createToolRunService(
  tools: VersionedService<ToolContent>,
  trial: ToolTrial,
  now: () => number,
): ToolRunService {
  return {
    async run(tenantId, id, draft, input, signal) {
      const found = await tools.get(tenantId, id, undefined);
      if (!found.ok) return found;
      const { name, version, content } = found.value;
      const startedAt = now();
      const definition = readToolDefinition({ ...(draft ?? content), name });
      const outcome = await trial.run(
        tenantId,
        { id, definition, version, origin: { kind: 'saved' } },
        input,
        signal,
      );
      return ok({ outcome, duration: now() - startedAt });
    },
  };
}

import { ok, type Result } from '@baton/engine/protocol';
import {
  type CatalogTool,
  readToolDefinition,
  type ToolCall,
  type ToolOutcome,
} from '@baton/tools-registry/contract';
import type { JsonValue, ToolContent } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConnectionTrial } from '../connections/routes.ts';
import type { VersionedService } from '../versioned/index.ts';
import { type ToolChecks, withStated } from './validation.ts';

/** Runs and checks a tool, saved or not: what its author does. */
export interface ToolTrial extends ToolChecks, ConnectionTrial {
  run(
    tenantId: string,
    tool: CatalogTool,
    input: JsonValue,
    signal: AbortSignal,
    answers?: ToolCall['answers'],
  ): Promise<ToolOutcome>;
  /** The product's own tool of the id; `undefined` when it is another tool's. */
  builtIn(id: string): CatalogTool | undefined;
}

export interface ToolRun {
  outcome: ToolOutcome;
  /** ms */
  duration: number;
}

export interface ToolRunService {
  nameOf(tenantId: string, id: string): Promise<Result<string, Refusal>>;
  /** @param draft content that is not saved yet, instead of the latest version. */
  run(
    tenantId: string,
    id: string,
    draft: ToolContent | undefined,
    input: JsonValue,
    signal: AbortSignal,
    answers?: ToolCall['answers'],
  ): Promise<Result<ToolRun, Refusal>>;
}

export function createToolRunService(
  tools: VersionedService<ToolContent>,
  trial: ToolTrial,
  now: () => number,
): ToolRunService {
  return {
    async nameOf(tenantId, id) {
      const builtIn = trial.builtIn(id);
      if (builtIn) return ok(builtIn.definition.name);
      const found = await tools.get(tenantId, id, undefined);
      return found.ok ? ok(found.value.name) : found;
    },
    async run(tenantId, id, draft, input, signal, answers) {
      const builtIn = trial.builtIn(id);
      if (builtIn) {
        const startedAt = now();
        const outcome = await trial.run(tenantId, builtIn, input, signal, answers);
        return ok({ outcome, duration: now() - startedAt });
      }
      const found = await tools.get(tenantId, id, undefined);
      if (!found.ok) return found;
      const { name, version, content } = found.value;
      const startedAt = now();
      const definition = readToolDefinition({ ...(draft ? withStated(draft, trial) : content), name });
      const outcome = await trial.run(
        tenantId,
        { id, definition, version, origin: { kind: 'saved' } },
        input,
        signal,
        answers,
      );
      return ok({ outcome, duration: now() - startedAt });
    },
  };
}

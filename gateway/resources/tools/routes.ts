import { ok } from '@baton/engine/protocol';
import type { ToolContent, toolRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';
import type { ToolRunService } from './service.ts';

export function toolHandlers(
  tools: VersionedService<ToolContent>,
  runs: ToolRunService,
): HandlersOf<typeof toolRoutes> {
  return {
    ...versionedHandlers(tools),
    async run({ tenantId, params, body }) {
      const ran = await runs.run(tenantId, params.id, body.content, body.input);
      if (!ran.ok) return ran;
      const { outcome, duration } = ran.value;
      if (outcome.ok) return ok({ ok: true, output: outcome.value, logs: outcome.logs, duration });
      return ok({ ok: false, error: outcome.failure, logs: logsOf(outcome.failure.details), duration });
    },
  };
}

/** A failed run carries what the tool printed in the failure's details. */
function logsOf(details: unknown): string[] {
  const logs = typeof details === 'object' && details ? (details as { logs?: unknown }).logs : undefined;
  return Array.isArray(logs) ? logs.map(String) : [];
}

import { ok } from '@baton/engine/protocol';
import type { HostCallSummary } from '@baton/tools-registry/contract';
import type { ToolContent, toolRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';
import type { ToolGrantService } from './grants.ts';
import type { ToolRunService } from './service.ts';

export function toolHandlers(
  tools: VersionedService<ToolContent>,
  runs: ToolRunService,
  grants: ToolGrantService,
): HandlersOf<typeof toolRoutes> {
  return {
    ...versionedHandlers(tools),
    async run({ tenantId, params, body, signal }) {
      const ran = await runs.run(tenantId, params.id, body.content, body.input, signal);
      if (!ran.ok) return ran;
      const { outcome, duration } = ran.value;
      if (outcome.ok) {
        const { value: output, logs, hostCalls = [] } = outcome;
        return ok({ ok: true, output, logs, hostCalls, duration });
      }
      return ok({ ok: false, error: outcome.failure, ...toldOf(outcome.failure.details), duration });
    },
    grants: ({ tenantId, params }) => grants.get(tenantId, params.id),
    setGrants: ({ tenantId, principal, params, body }) =>
      grants.set(tenantId, params.id, body, principal.username),
  };
}

/** A failed run carries what the tool printed and asked for in the failure's details. */
function toldOf(details: unknown): { logs: string[]; hostCalls: HostCallSummary[] } {
  const { logs = [], hostCalls = [] } = (details ?? {}) as { logs?: string[]; hostCalls?: HostCallSummary[] };
  return { logs, hostCalls };
}

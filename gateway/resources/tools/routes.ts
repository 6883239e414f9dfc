import { ok } from '@baton/engine/protocol';
import type { HostCallSummary } from '@baton/tools-registry/contract';
import { type ToolContent, toolContent, type toolRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';
import type { ToolGrantService } from './grants.ts';
import type { ToolRunService } from './service.ts';
import { runSamples } from './tests.ts';
import type { ToolValidation } from './validation.ts';

export function toolHandlers(
  tools: VersionedService<ToolContent>,
  runs: ToolRunService,
  grants: ToolGrantService,
  validation: ToolValidation,
): HandlersOf<typeof toolRoutes> {
  return {
    ...versionedHandlers(tools),
    async run({ tenantId, params, body, signal }) {
      const ran = await runs.run(tenantId, params.id, body.content, body.input, signal, body.answers);
      if (!ran.ok) return ran;
      const { outcome, duration } = ran.value;
      if (outcome.ok) {
        const { value: output, logs, hostCalls = [] } = outcome;
        return ok({ ok: true, output, logs, hostCalls, duration });
      }
      const { failure, question } = outcome;
      const told = { ...toldOf(failure.details), ...(question && { question }) };
      return ok({ ok: false, error: failure, ...told, duration });
    },
    async test({ tenantId, params, body, signal }) {
      const saved = await tools.get(tenantId, params.id, undefined);
      if (!saved.ok) return saved;
      const content = body.content ?? toolContent.parse(saved.value.content);
      const ran = await runSamples(runs, tenantId, params.id, content, signal);
      if (!ran.ok) return ran;
      const passed = ran.value.filter((result) => result.passed).length;
      return ok({ passed, failed: ran.value.length - passed, results: ran.value });
    },
    validate: async ({ tenantId, body }) => ok({ problems: await validation.problems(tenantId, body) }),
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

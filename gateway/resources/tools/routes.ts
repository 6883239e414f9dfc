import { ok } from '@baton/engine/protocol';
import type { HostCallSummary } from '@baton/tools-registry/contract';
import type { Access } from '../../access/access.ts';
import { type ToolContent, toolContent, type toolRoutes } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';
import type { ToolGrantService } from './grants.ts';
import { mayTry } from './mayTry.ts';
import type { ToolRunService } from './service.ts';
import { runSamples } from './tests.ts';
import type { ToolValidation } from './validation.ts';

export function toolHandlers(
  tools: VersionedService<ToolContent>,
  runs: ToolRunService,
  grants: ToolGrantService,
  validation: ToolValidation,
  access: Access,
): HandlersOf<typeof toolRoutes> {
  /** The tool, where the principal may try it. */
  async function tried(tenantId: string, principal: Principal, id: string, content: unknown) {
    const named = await runs.nameOf(tenantId, id);
    if (!named.ok) return named;
    return mayTry(access, tenantId, principal, { name: named.value, unsaved: content !== undefined });
  }

  return {
    ...versionedHandlers(tools),
    async run({ tenantId, principal, params, body, signal }) {
      const may = await tried(tenantId, principal, params.id, body.content);
      if (!may.ok) return may;
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
    async test({ tenantId, principal, params, body, signal }) {
      const may = await tried(tenantId, principal, params.id, body.content);
      if (!may.ok) return may;
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

import { ok } from '@baton/engine/protocol';
import type { Access } from '../../access/access.ts';
import type { recordingRoutes } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import { telling } from '../agentRuns/views.ts';
import type { Answer, HandlersOf } from '../handler.ts';
import type { RecordingService } from './service.ts';

type Rows = typeof recordingRoutes;

export function recordingHandlers(
  recordings: RecordingService,
  access: Pick<Access, 'allows'>,
): HandlersOf<Rows> {
  return {
    async get({ tenantId, params: { id } }) {
      const found = await recordings.get(tenantId, id);
      // Values of JSON, which the contract's types tell apart from what was never set.
      return found.ok ? ok(found.value as unknown as Answer<Rows['get']>) : found;
    },
    async ofInstance({ tenantId, params: { key } }) {
      const found = await recordings.ofInstance(tenantId, key);
      return found.ok ? ok({ items: found.value }) : found;
    },
    replay: ({ tenantId, params: { id }, body: { against } }) => recordings.replay(tenantId, id, against),
    async fork({ tenantId, principal, params: { id }, body: change, signal, emit, audit }) {
      const { provider, model, systemPrompt, userPrompt } = change;
      const redefines = [provider, model, systemPrompt, userPrompt].some((each) => each !== undefined);
      if (redefines && !(await access.allows(tenantId, principal, 'agents:write'))) {
        return refuse(
          'PERMISSION_DENIED',
          'Expected the permission agents:write to try an agent that is not saved so, but you do not have it',
          { permission: 'agents:write' },
        );
      }
      audit.resource = { kind: 'recordings', id };
      return recordings.fork(tenantId, id, { change, by: principal }, signal, telling(emit));
    },
    async cassette({ tenantId, params: { id } }) {
      const found = await recordings.cassette(tenantId, id);
      return found.ok ? ok(found.value as unknown as Answer<Rows['cassette']>) : found;
    },
    comparison: ({ tenantId, params: { id } }) => recordings.comparison(tenantId, id),
  };
}

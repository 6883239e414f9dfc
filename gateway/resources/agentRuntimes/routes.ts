import type { agentRuntimeRoutes } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import type { HandlersOf } from '../handler.ts';
import type { AgentRuntimeService } from './service.ts';

type Rows = typeof agentRuntimeRoutes;
interface Changing {
  tenantId: string;
  principal: Principal;
  params: { id: string };
  audit: { resource?: { kind: string; id: string } };
}

export function agentRuntimeHandlers(runtimes: AgentRuntimeService): HandlersOf<Rows> {
  const changing =
    (change: 'stop' | 'start' | 'restart') =>
    ({ tenantId, principal, params: { id }, audit }: Changing) => {
      audit.resource = { kind: 'agents', id };
      return runtimes[change](tenantId, id, principal.username);
    };
  return {
    runtime: ({ tenantId, params }) => runtimes.get(tenantId, params.id),
    stop: changing('stop'),
    start: changing('start'),
    restart: changing('restart'),
  };
}

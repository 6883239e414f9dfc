import type { renamingRoutes } from '../../api/index.ts';
import { pluralOf } from '../documents/service.ts';
import type { HandlersOf } from '../handler.ts';
import type { RenamingService } from './service.ts';

export function renamingHandlers(renaming: RenamingService): HandlersOf<typeof renamingRoutes> {
  return {
    references: ({ tenantId, principal, params: { kind, id } }) =>
      renaming.references(tenantId, principal, kind, id),
    async rename({ tenantId, principal, params: { kind, id }, body: { name, dryRun }, audit }) {
      audit.resource = { kind: pluralOf(kind), id };
      const renamed = await renaming.rename(tenantId, principal, kind, id, name, dryRun);
      if (renamed.ok) audit.names = [renamed.value.from];
      return renamed;
    },
  };
}

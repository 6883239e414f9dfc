import type { renamingRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import type { RenamingService } from './service.ts';

export function renamingHandlers(renaming: RenamingService): HandlersOf<typeof renamingRoutes> {
  return {
    references: ({ tenantId, principal, params: { kind, id } }) =>
      renaming.references(tenantId, principal, kind, id),
    rename: ({ tenantId, principal, params: { kind, id }, body: { name, dryRun } }) =>
      renaming.rename(tenantId, principal, kind, id, name, dryRun),
  };
}

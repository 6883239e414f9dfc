import type { AuditRecord } from '@baton/infra/store';
import type { AuditEntryView } from '../api/index.ts';

/** An entry as the API and the topic `audit` tell it. */
export function auditEntryView({ tenantId: _, at, ...entry }: AuditRecord): AuditEntryView {
  return { ...entry, at: new Date(at).toISOString() };
}

import type { AuditRecord } from '@baton/infra/store';
import type { AdministrationChange, Topic } from '../api/index.ts';
import { auditEntryView } from './view.ts';

/** Who follows what is changed under these paths. */
const topicOf: { readonly [kind: string]: Topic } = {
  users: 'users',
  members: 'users',
  invitations: 'users',
  roles: 'roles',
  'api-keys': 'api-keys',
  quotas: 'quotas',
  limits: 'tenant',
  tenant: 'tenant',
  tenants: 'tenants',
};

/** Tells live what was written: the entry to who reads the audit, that something changed to who administers it. */
export function announcing(publish: (tenantId: string, topic: Topic, data: unknown) => void) {
  return (record: AuditRecord): void => {
    const { tenantId, actor, action, outcome, resource } = record;
    if (tenantId === '-') return;
    publish(tenantId, 'audit', auditEntryView(record));
    const topic = topicOf[resource.kind];
    if (!topic || outcome === 'denied' || outcome === 'failed' || !changes(action)) return;
    const change: AdministrationChange = { kind: resource.kind, id: resource.id, by: actor.name };
    publish(tenantId, topic, change);
    if (topic !== 'tenants') return;
    // What the platform does to a tenant, its own people see as well.
    publish(resource.id, 'tenant', change);
    publish(resource.id, 'quotas', change);
  };
}

/** A use of a key that only reads is in the audit, too. */
const changes = (action: string) => !/\.(?:list|get|look|why)/.test(action);

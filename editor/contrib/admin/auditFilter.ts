import { type AuditEntryView, type auditOutcomes, table } from '@baton/gateway/api';

export type AuditOutcome = (typeof auditOutcomes)[number];

/** Which entries are wanted; what is not given does not matter. */
export interface AuditFilter {
  text: string;
  outcome?: AuditOutcome | undefined;
  /** Id of a user or key. */
  actor?: string | undefined;
  action?: string | undefined;
  /** A kind, or a kind and an id: `agents`, `agents/4f…`. */
  resource?: string | undefined;
  /** Hours back from now; all without it. */
  hours?: number | undefined;
}

export const anything: AuditFilter = { text: '' };

const hour = 3_600_000;

/** As the row asks for it. */
export function auditQuery(filter: AuditFilter, now: number) {
  const { text, outcome, actor, action, resource, hours } = filter;
  return {
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(outcome && { outcome }),
    ...(actor && { actor }),
    ...(action && { action }),
    ...(resource && { resource }),
    ...(hours && { from: new Date(now - hours * hour).toISOString() }),
  };
}

/** Whether an entry that is told live is among those wanted: the same as the gateway says of it. */
export function isWanted(filter: AuditFilter, entry: AuditEntryView): boolean {
  const { outcome, actor, action, resource } = filter;
  const { kind, id } = entry.resource;
  const text = filter.text.trim().toLowerCase();
  return (
    (!outcome || entry.outcome === outcome) &&
    (!actor || entry.actor.id === actor) &&
    (!action || entry.action === action) &&
    (!resource || resource === kind || resource === `${kind}/${id}`) &&
    searched(entry).some((part) => part.toLowerCase().includes(text))
  );
}

const searched = ({ actor, action, resource, errorCode = '', requestId }: AuditEntryView): string[] => [
  ...[actor.name, actor.id, ...(actor.names ?? [])],
  ...[action, resource.kind, resource.id, ...(resource.names ?? [])],
  ...[errorCode, requestId],
];

/** What can be found in the audit: rows that change something, and what has no row. */
export const auditActions: readonly string[] = [
  ...Object.entries(table).flatMap(([group, rows]) =>
    Object.entries(rows as Record<string, { method: string }>).flatMap(([name, { method }]) =>
      method === 'GET' ? [] : [`${group}.${name}`],
    ),
  ),
  'session.signIn',
  'live.open',
  'quotas.warning',
].sort();

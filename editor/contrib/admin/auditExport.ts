import { type AuditEntryView, auditRoutes } from '@baton/gateway/api';
import type { Platform } from '../../platform/platform.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { type AuditFilter, auditQuery } from './auditFilter.ts';

const columns: readonly (readonly [string, (entry: AuditEntryView) => string | undefined])[] = [
  ['at', ({ at }) => at],
  ['outcome', ({ outcome }) => outcome],
  ['who', ({ actor }) => actor.name],
  ['who_kind', ({ actor }) => actor.kind],
  ['who_id', ({ actor }) => actor.id],
  ['action', ({ action }) => action],
  ['resource', ({ resource }) => resource.kind],
  ['resource_id', ({ resource }) => resource.id],
  ['error', ({ errorCode }) => errorCode],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['request_id', ({ requestId }) => requestId],
  ['trace_id', ({ traceId }) => traceId],
  ['id', ({ id }) => id],
];

/** A field by RFC 4180; what a spreadsheet would take for a formula is text. */
function field(value = ''): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf(entries: readonly AuditEntryView[]): string {
  const lines = entries.map((entry) => columns.map(([, value]) => field(value(entry))).join(','));
  return [columns.map(([name]) => name).join(','), ...lines, ''].join('\r\n');
}

/** Entries asked for at once, and at most in one file. */
const limits = { page: 1_000, all: 100_000 };

/** All entries that are wanted as a file; says how far it is, and can be cancelled. */
export async function exportAudit(platform: Platform, filter: AuditFilter, format: 'csv' | 'json') {
  const { api, clock, notifications } = platform;
  const now = clock.now();
  // What is written meanwhile would move the pages.
  let query = { ...auditQuery(filter, now), to: new Date(now).toISOString() };
  /** Entries of what was looked through before. */
  let before = 0;
  const entries: AuditEntryView[] = [];
  const ended = await notifications.during('Reading the audit…', async (told, cancelled) => {
    for (;;) {
      const answer = await api.call(auditRoutes.list, {
        query: { ...query, limit: limits.page, offset: entries.length - before },
      });
      if (cancelled.aborted) return false;
      if (!answer.ok) {
        notifications.failure(answer.failure, [
          { title: 'Try again', run: () => void exportAudit(platform, filter, format) },
        ]);
        return false;
      }
      const { items, total, has_more, looked_back_to } = answer.value;
      entries.push(...items);
      if (entries.length >= limits.all) return true;
      if (has_more && items.length > 0) {
        told(entries.length / Math.min(before + total, limits.all));
      } else if (looked_back_to !== undefined) {
        query = { ...query, to: looked_back_to };
        before = entries.length;
      } else return true;
    }
  });
  if (!ended) return;
  const day = new Date(now).toISOString().slice(0, 10);
  if (format === 'csv') saveFile(`audit-${day}.csv`, csvOf(entries), 'text/csv');
  else saveFile(`audit-${day}.json`, `${JSON.stringify(entries, null, 2)}\n`);
  notifications.success(
    entries.length >= limits.all
      ? `The newest ${limits.all.toLocaleString('en')} entries are exported; narrow the search for others.`
      : `${entries.length === 1 ? '1 entry is' : `${entries.length.toLocaleString('en')} entries are`} exported.`,
  );
}

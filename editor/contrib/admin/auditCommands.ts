import { disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { pageOf } from './adminPages.ts';
import { exportAudit } from './auditExport.ts';
import { type AuditFilter, anything } from './auditFilter.ts';
import type { Audit } from './auditStore.ts';

/** What is done with the audit, by palette and keys. */
export function registerAudit(platform: Platform, audit: Audit) {
  const { commands, editors } = platform;
  const when = "documentKind == 'audit'";
  return disposeAll(
    commands.register({
      id: 'audit.search',
      title: 'Search the audit',
      category: 'Audit',
      icon: 'codicon:search',
      async run(filter) {
        audit.select(undefined);
        audit.search({ ...anything, ...(filter as Partial<AuditFilter> | undefined) });
        await editors.open(pageOf('audit'));
      },
    }),
    commands.register({
      id: 'audit.exportCsv',
      title: 'Export what is searched as CSV',
      category: 'Audit',
      icon: 'codicon:desktop-download',
      when,
      run: () => exportAudit(platform, audit.getState().filter, 'csv'),
    }),
    commands.register({
      id: 'audit.exportJson',
      title: 'Export what is searched as JSON',
      category: 'Audit',
      icon: 'codicon:json',
      when,
      run: () => exportAudit(platform, audit.getState().filter, 'json'),
    }),
  );
}

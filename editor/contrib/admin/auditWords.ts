import type { StateWords } from './adminWords.ts';
import type { AuditOutcome } from './auditFilter.ts';

export const outcomeWords: { readonly [O in AuditOutcome]: StateWords } = {
  done: { state: 'completed', icon: 'codicon:check', word: 'Done' },
  denied: { state: 'incident', icon: 'codicon:circle-slash', word: 'Denied' },
  failed: { state: 'waiting', icon: 'codicon:warning', word: 'Failed' },
  unknown: { state: 'cancelled', icon: 'codicon:question', word: 'Unknown' },
};

/** How far back the list goes, in hours. */
export const spans: readonly { value: string; title: string }[] = [
  { value: '', title: 'Any time' },
  { value: '1', title: 'Last hour' },
  { value: '24', title: 'Last 24 h' },
  { value: '168', title: 'Last 7 days' },
  { value: '720', title: 'Last 30 days' },
];

import type { Result } from '@baton/engine/protocol';
import type { AuditNote } from '../../audit/ports.ts';
import type { Refusal } from '../../refusal.ts';

/** Answers of this API have no hash; the audit knows what is saved by the hash it has everywhere else. */
export function noteSaved(audit: AuditNote, saved: Result<{ hash: string }, Refusal>): void {
  if (saved.ok) audit.after = saved.value.hash;
}

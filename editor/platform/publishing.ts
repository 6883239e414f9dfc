import type { DraftedDocument } from './draftedDocument.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './platform.ts';

/** A content names what is not there any more. */
export function isMissing({ code }: Failure): boolean {
  return code === 'REFERENCE_MISSING';
}

/** What stands in the way of publishing: the first problems, as its tooltip says. */
export function obstacles({ platform, resource }: DraftedDocument): readonly string[] {
  return platform.problems
    .of(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ elementName, message }) => (elementName ? `${elementName}: ${message}` : message));
}

/** Makes the draft the next version and says so. Answers false where it is not published. */
export async function publishDraft(document: DraftedDocument, message: string): Promise<boolean> {
  const { platform, kept } = document;
  const published = await kept.publish(message.trim());
  if (!published.ok) {
    // The editor itself shows both sides.
    if (!kept.getState().conflict)
      platform.notifications.failure(published.failure, [
        { title: 'Show problems', run: () => platform.layout.showPanel('problems') },
      ]);
    return false;
  }
  if (published.value)
    platform.notifications.success(`${published.value.name} v${published.value.version} is published.`);
  return true;
}

/** Drops the draft; it can be taken back from the toast. */
export async function discardDraft(document: DraftedDocument): Promise<void> {
  const { platform, kept } = document;
  const discarded = await kept.discard();
  if (!discarded.ok) return platform.notifications.failure(discarded.failure);
  const before = discarded.value;
  const { name, version } = kept.getState().published;
  platform.notifications.info(
    `The draft of ${name} is discarded: it is as v${version} again.`,
    before && [{ title: 'Undo', run: () => void kept.replace(before) }],
  );
}

/** Who uses what may not be deleted, as the refusal names them. */
export function usersOf(failure: Failure): readonly { kind: string; id: string; name: string }[] {
  const used = (failure.details as { usedBy?: unknown } | undefined)?.usedBy;
  return Array.isArray(used) ? used : [];
}

/** Says that it is not deleted, by whom it is used, and leads there. */
export function sayInUse({ notifications, editors, documentKinds }: Platform, failure: Failure): void {
  notifications.failure(
    failure,
    usersOf(failure)
      .filter(({ kind }) => documentKinds.get(kind))
      .slice(0, 2)
      .map((user) => ({ title: `Open ${user.name}`, run: () => void editors.open(user) })),
  );
}

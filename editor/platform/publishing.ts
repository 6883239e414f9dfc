import type { DraftedDocument } from './draftedDocument.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './platform.ts';

/** Names the gateway's kinds of references in the user's words. */
const words: Readonly<Record<string, string>> = {
  provider: 'provider',
  tool: 'tool',
  prompt: 'prompt',
  policy: 'policy',
  task: 'task',
};

/** What a content names that is not there: `tool look-up-order`. */
export function missingOf(failure: Failure): readonly string[] {
  const missing = (failure.details as { missing?: unknown } | undefined)?.missing;
  return Array.isArray(missing)
    ? missing.map(({ kind, name }: { kind: string; name: string }) => `${words[kind] ?? kind} ${name}`)
    : [];
}

/** The failure with everything that is missing named. */
export function sayMissing(failure: Failure): Failure {
  const missing = missingOf(failure);
  return missing.length === 0
    ? failure
    : {
        ...failure,
        message: `Expected all it names to be there, but ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not.`,
      };
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
      platform.notifications.failure(sayMissing(published.failure), [
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

/** Says that it is not deleted, by whom it is used, and leads there. */
export function sayInUse({ notifications, editors, documentKinds }: Platform, failure: Failure): void {
  const used = (failure.details as { usedBy?: unknown } | undefined)?.usedBy;
  const users = Array.isArray(used) ? (used as readonly { kind: string; id: string; name: string }[]) : [];
  notifications.failure(
    failure,
    users
      .filter(({ kind }) => documentKinds.get(kind))
      .slice(0, 2)
      .map((user) => ({ title: `Open ${user.name}`, run: () => void editors.open(user) })),
  );
}

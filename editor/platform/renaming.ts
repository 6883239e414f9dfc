import { ok, type Result } from '@baton/engine/protocol';
import { type DocumentKind, documentKinds, type RenamedDocument, renamingRoutes } from '@baton/gateway/api';
import type { Resource } from './documents.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './platform.ts';

/** Places of one document that are shown before renaming; the rest is counted. */
const shownPlaces = 3;

/**
 * Gives a document another name, and what names it the new one. What else changes is shown first, and asked.
 * Answers false if the user thought better of it.
 */
export async function renameDocument(
  platform: Pick<Platform, 'api' | 'dialogs' | 'notifications' | 'versionedKinds'>,
  { kind, id }: Resource,
  name: string,
): Promise<Result<boolean, Failure>> {
  const { api, dialogs, notifications, versionedKinds } = platform;
  if (!isDocument(kind)) {
    const renamed = await versionedKinds.get(kind)?.rename(id, name);
    return !renamed || renamed.ok ? ok(renamed !== undefined) : renamed;
  }
  const params = { kind, id };
  const planned = await api.call(renamingRoutes.rename, { params, body: { name, dryRun: true } });
  if (!planned.ok) return planned;
  const { from, to, changes } = planned.value;
  if (from === to) return ok(true);
  if (changes.length > 0) {
    const answer = await dialogs.ask({
      title: `Rename ${from} to ${to}?`,
      message: `${counted(changes.length, 'document')} ${changes.length === 1 ? 'names it. It' : 'name it. Each'} gets one new version with the new name; drafts go along.`,
      details: changes.map((change) => ({ title: titleOf(platform, change), lines: linesOf(change) })),
      actions: [{ id: 'rename', title: 'Rename' }],
    });
    if (!answer) return ok(false);
  }
  const done = await api.call(renamingRoutes.rename, { params, body: { name } });
  if (!done.ok) return done;
  const changed = done.value.changes.filter(({ outcome }) => outcome === 'changed');
  const kept = done.value.changes.filter(({ outcome }) => outcome === 'kept');
  if (changed.length > 0)
    notifications.success(`${from} is called ${to} now, also in ${counted(changed.length, 'document')}.`);
  if (kept.length > 0)
    notifications.error(
      `Expected ${to} to be named everywhere, but ${kept.map((each) => titleOf(platform, each)).join(', ')} still ${kept.length === 1 ? 'has' : 'have'} ${from} in it: somebody else was changing it.`,
    );
  return ok(true);
}

const isDocument = (kind: string): kind is DocumentKind =>
  (documentKinds as readonly string[]).includes(kind);

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function titleOf(
  { versionedKinds }: Pick<Platform, 'versionedKinds'>,
  { kind, name, in: where }: RenamedDocument,
) {
  return `${versionedKinds.get(kind)?.fileName(name) ?? name}${where === 'draft' ? ' (draft)' : ''}`;
}

function linesOf({ places }: RenamedDocument): string[] {
  const lines = places
    .slice(0, shownPlaces)
    .map(({ line, text, elementName, elementId, path }) =>
      line === undefined ? `${path[0]}: ${text}` : `${elementName ?? elementId ?? `line ${line}`}: ${text}`,
    );
  return places.length > shownPlaces ? [...lines, `… and ${places.length - shownPlaces} more`] : lines;
}

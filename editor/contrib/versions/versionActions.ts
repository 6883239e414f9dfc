import { type VersionInfo, versionLabel } from '@baton/gateway/api';
import type { DraftedDocument } from '../../platform/draftedDocument.ts';
import { isMissing } from '../../platform/publishing.ts';
import type { Content } from '../../platform/versionedCalls.ts';
import type { DiffSide } from './diffSides.ts';
import { diffResource } from './diffSides.ts';

/** Shows two sides against each other in a tab. */
export async function openDiff(document: DraftedDocument, from: DiffSide, to: DiffSide): Promise<void> {
  const { platform, resource, kept } = document;
  await platform.editors.open(
    diffResource({ kind: resource.kind, id: resource.id, from, to }, kept.getState().published.name),
  );
}

/** The draft goes on from another content; what it said before can be taken back. */
async function replaceDraft(document: DraftedDocument, content: Content, what: string): Promise<void> {
  const { platform, kept } = document;
  const before = await document.versioned.calls(document.resource.id).draft();
  const replaced = await kept.replace(content);
  if (!replaced.ok) return platform.notifications.failure(replaced.failure);
  const undo = before.ok ? () => void kept.replace(before.value.content) : () => void kept.discard();
  platform.notifications.info(`The draft is as ${what} now.`, [{ title: 'Undo', run: undo }]);
}

/** Makes an older version the latest again, as a new version; the toast takes it back the same way. */
export async function restoreVersion(document: DraftedDocument, version: number): Promise<void> {
  const { platform, kept, versioned, resource } = document;
  const calls = versioned.calls(resource.id);
  const { published } = kept.getState();
  const restored = await calls.restore(version, `Restored v${version}`, published.hash);
  await kept.refresh();
  if (restored.ok) {
    platform.notifications.success(
      `v${version} of ${published.name} is restored as v${restored.value.version}.`,
      [{ title: 'Undo', run: () => void restoreVersion(document, published.version) }],
    );
    return;
  }
  const asDraft = async () => {
    const old = await calls.version(version);
    if (old.ok) await replaceDraft(document, old.value.content, `v${version}`);
    else platform.notifications.failure(old.failure);
  };
  platform.notifications.failure(
    restored.failure,
    isMissing(restored.failure) ? [{ title: 'Open as a draft', run: () => void asDraft() }] : [],
  );
}

/** Puts a label on a version; where it stood before, it can be put back. */
export async function putLabel(
  document: DraftedDocument,
  label: string,
  version: number,
  from: number | undefined,
): Promise<void> {
  const { platform, versioned, resource } = document;
  const calls = versioned.calls(resource.id);
  const put = await calls.label(label, version);
  if (!put.ok) return platform.notifications.failure(put.failure);
  platform.notifications.info(
    from === undefined ? `${label} is v${version}.` : `${label} is v${version} now, it was v${from}.`,
    [
      {
        title: 'Undo',
        run: () => void (from === undefined ? calls.unlabel(label) : calls.label(label, from)),
      },
    ],
  );
}

export async function takeLabel(document: DraftedDocument, label: string, version: number): Promise<void> {
  const { platform, versioned, resource } = document;
  const calls = versioned.calls(resource.id);
  const taken = await calls.unlabel(label);
  if (!taken.ok) return platform.notifications.failure(taken.failure);
  platform.notifications.info(`${label} is on no version any more.`, [
    { title: 'Undo', run: () => void calls.label(label, version) },
  ]);
}

/** Asks for a label and puts it on the version; a label that stands elsewhere moves. */
export async function askLabel(
  document: DraftedDocument,
  version: number,
  items: readonly VersionInfo[],
): Promise<void> {
  const label = await document.platform.dialogs.input({
    title: `Label of v${version}`,
    placeholder: 'production',
    validate: (text) =>
      versionLabel.safeParse(text.trim()).success
        ? undefined
        : `Expected lower-case letters, digits and -, other than latest and draft, but it is ${text.trim() ? JSON.stringify(text.trim()) : 'empty'}.`,
  });
  if (!label) return;
  const from = items.find(({ labels }) => labels.includes(label.trim()))?.version;
  if (from !== version) await putLabel(document, label.trim(), version, from);
}

import type { DraftedDocument } from '../platform/draftedDocument.ts';
import type { Platform } from '../platform/platform.ts';

/** Makes another document of what is on the screen, in place of one that was deleted. */
export async function saveAsNew(platform: Platform, document: DraftedDocument): Promise<void> {
  const { dialogs, editors, notifications } = platform;
  const { versioned, kept, resource } = document;
  const content = await kept.content();
  if (!content.ok) return notifications.failure(content.failure);
  const name = await dialogs.input({
    title: `Name of the new ${versioned.label.toLowerCase()}`,
    value: kept.getState().published.name,
    validate: (text) => versioned.wrongName(text.trim()),
  });
  if (!name) return;
  const made = await versioned.create(name.trim(), content.value);
  if (!made.ok) return notifications.failure(made.failure);
  editors.discard(resource);
  await editors.open({ kind: versioned.kind, id: made.value.id, name: made.value.name });
}

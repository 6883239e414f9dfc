import { ok, type Result } from '@baton/engine/protocol';
import type { Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import { createFileDocument, type FileDocument } from '../../platform/fileDocument.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TextReading } from '../../platform/textDocument.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import { headingsOf } from './headings.ts';

const nothing: TextReading = { value: null, places: new Map() };

/** A note: any text is Markdown. */
export async function openNote(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<FileDocument, Failure>> {
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const document = createFileDocument({
    ...read.value,
    part: 'text',
    language: 'markdown',
    mode: 'both',
    textModes: ['text', 'both'],
    read: () => ok(nothing),
    outline: headingsOf,
    nothing,
  });
  return ok(document);
}

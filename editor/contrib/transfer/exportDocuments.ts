import { failed, ok, type Result } from '@baton/engine/protocol';
import { documentRoutes } from '@baton/gateway/api';
import type { ApiFailure } from '../../platform/api.ts';
import type { Resource } from '../../platform/documents.ts';
import type { Platform } from '../../platform/platform.ts';
import { saveFile } from '../../ui/saveFile.ts';

/** Every archive of the same documents is the same: files in it have no time of their own. */
const noTime = new Date(1980, 0, 1);

/** Documents as the desktop gets them. */
export interface SavedFile {
  name: string;
  type: string;
  content: string | Uint8Array<ArrayBuffer>;
  /** How many files are in it. */
  files: number;
}

/** Documents as one file, or as an archive of their files. @param resources all without it */
export async function fileOf(
  { api }: Platform,
  resources: readonly Resource[] | undefined,
): Promise<Result<SavedFile, ApiFailure>> {
  const query = resources ? { ids: resources.map(({ id }) => id).join(',') } : {};
  const answer = await api.call(documentRoutes.exportFiles, { query });
  if (!answer.ok) return failed(answer.failure);
  const { files } = answer.value;
  const documents = files.filter(({ path }) => path !== 'baton.json');
  const [only] = documents;
  if (only && documents.length === 1)
    return ok({ name: only.path.split('/').at(-1)!, type: 'text/plain', content: only.text, files: 1 });
  const { strToU8, zipSync } = await import('fflate');
  const content = zipSync(
    Object.fromEntries(files.map(({ path, text }) => [path, [strToU8(text), { mtime: noTime }]])),
  );
  const [one] = resources ?? [];
  const name =
    resources?.length === 1 && one?.name ? `${one.name.replaceAll(/[^\w. -]/g, '_')}.zip` : 'documents.zip';
  return ok({ name, type: 'application/zip', content, files: documents.length });
}

/** Saves documents where the browser keeps what it downloads. @param resources all without it */
export async function exportDocuments(
  platform: Platform,
  resources: readonly Resource[] | undefined,
): Promise<void> {
  const { notifications } = platform;
  if (resources?.length === 0) return notifications.info('Open or select a document first.');
  const progress = notifications.show({ severity: 'info', message: 'Exporting…', progress: 0 });
  const file = await fileOf(platform, resources);
  progress.close();
  if (!file.ok) return notifications.failure(file.failure);
  const { name, content, type, files } = file.value;
  saveFile(name, content, type);
  notifications.success(files === 1 ? `Exported ${name}.` : `Exported ${files} files as ${name}.`);
}

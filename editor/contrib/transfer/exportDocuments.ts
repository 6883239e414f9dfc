import { documentRoutes } from '@baton/gateway/api';
import type { Resource } from '../../platform/documents.ts';
import type { Platform } from '../../platform/platform.ts';
import { saveFile } from '../../ui/saveFile.ts';

/** Every archive of the same documents is the same: files in it have no time of their own. */
const noTime = new Date(1980, 0, 1);

/** Saves documents as one file, or as an archive of their files. @param resources all without it */
export async function exportDocuments(
  { api, notifications }: Platform,
  resources: readonly Resource[] | undefined,
): Promise<void> {
  const query = resources ? { ids: resources.map(({ id }) => id).join(',') } : {};
  const answer = await api.call(documentRoutes.exportFiles, { query });
  if (!answer.ok) return notifications.failure(answer.failure);
  const documents = answer.value.files.filter(({ path }) => path !== 'baton.json');
  const [only] = documents;
  if (only && documents.length === 1) return saveFile(only.path.split('/').at(-1)!, only.text, 'text/plain');
  const { strToU8, zipSync } = await import('fflate');
  const archive = zipSync(
    Object.fromEntries(
      answer.value.files.map(({ path, text }) => [path, [strToU8(text), { mtime: noTime }]]),
    ),
  );
  saveFile('documents.zip', archive, 'application/zip');
  notifications.success(`Exported ${answer.value.files.length} files.`);
}

import { toolCatalogRoutes } from '@baton/gateway/api';
import type { Platform } from '../../platform/platform.ts';
import { saveFile } from '../../ui/saveFile.ts';
import { fileOf } from './importTools.ts';

/** Hands the named tool to the user as a file; without a name all of them in one. */
export async function exportTools({ api, notifications }: Platform, name?: string): Promise<void> {
  const answer = await api.call(toolCatalogRoutes.exportTools, {
    query: name === undefined ? {} : { names: name },
  });
  if (!answer.ok) return notifications.failure(answer.failure);
  const { tools } = answer.value;
  if (tools.length === 0) return notifications.info('There is no tool of your own to export yet.');
  if (name !== undefined && tools[0]) {
    const { name: file, text } = fileOf(tools[0]);
    return saveFile(file, text);
  }
  saveFile('tools.json', `${JSON.stringify(answer.value, null, 2)}\n`);
}

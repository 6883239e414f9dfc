import { type DocumentFile, documentRoutes, type ImportedFile, type OnClash } from '@baton/gateway/api';
import type { Platform } from '../../platform/platform.ts';
import { type ChosenFile, readFiles } from './readFiles.ts';

/** Characters of JSON sent at once: the gateway takes 4 MB. */
const portion = 3_000_000;

/** Looks at the files, asks what to do about names that are taken, imports, and says what became of each. */
export async function importDocuments(platform: Platform, chosen: readonly ChosenFile[]): Promise<void> {
  const { api, dialogs, editors, notifications } = platform;
  const read = await readFiles(chosen);
  if (!read.ok) return notifications.error(read.failure);
  const files = read.value;
  const checked: ImportedFile[] = [];
  for (const part of portions(files)) {
    const answer = await api.call(documentRoutes.checkFiles, { body: { files: part } });
    if (!answer.ok) return notifications.failure(answer.failure);
    checked.push(...answer.value.files);
  }
  const onClash = await answerFor(platform, checked);
  if (onClash === undefined) return;
  const done: ImportedFile[] = [];
  const cancelled = await notifications.during('Importing…', async (told, signal) => {
    let sent = 0;
    for (const part of portions(files)) {
      if (signal.aborted) return true;
      const answer = await api.call(documentRoutes.importFiles, { body: { files: part, onClash } });
      if (!answer.ok) {
        notifications.failure(answer.failure);
        return undefined;
      }
      done.push(...answer.value.files);
      sent += part.length;
      told(sent / files.length);
    }
    return false;
  });
  if (cancelled === undefined) return;
  if (cancelled) return notifications.warning(`Cancelled before all files were sent. ${summary(done)}`);
  const saved = done.filter(({ action }) => action === 'created' || action === 'newVersion');
  const refused = done.filter(({ action }) => action === 'refused');
  const [only] = saved;
  if (saved.length === 1 && only?.kind && only.id)
    await editors.open({ kind: only.kind, id: only.id, name: only.name! });
  if (refused.length === 0) return notifications.success(summary(done));
  await dialogs.ask({
    title: 'Some files were not imported',
    message: summary(done),
    details: refused.map(({ path, problems }) => ({ title: path, lines: problems.map(told) })),
    actions: [{ id: 'ok', title: 'OK' }],
  });
}

/** What is to happen with names that are taken; `undefined` to leave it. */
async function answerFor(
  { dialogs }: Platform,
  checked: readonly ImportedFile[],
): Promise<OnClash | undefined> {
  const clashes = checked.filter(({ clash }) => clash);
  if (clashes.length === 0) return 'fail';
  const answer = await dialogs.ask({
    title:
      clashes.length === 1
        ? 'This document is there already'
        : `${clashes.length} documents are there already`,
    message: 'They have another content than the files. What there is now stays in their versions.',
    details: [
      { title: 'There with another content', lines: clashes.map(({ path, name }) => `${path} → ${name}`) },
    ],
    actions: [
      { id: 'newVersion', title: 'Save as new versions' },
      { id: 'rename', title: 'Keep both' },
      { id: 'skip', title: 'Leave them out' },
    ],
  });
  return answer as OnClash | undefined;
}

function told({ line, message }: ImportedFile['problems'][number]): string {
  return line === undefined ? message : `Line ${line}: ${message}`;
}

function summary(files: readonly ImportedFile[]): string {
  const count = (...actions: ImportedFile['action'][]) =>
    files.filter(({ action }) => actions.includes(action)).length;
  const parts = [
    `${count('created')} new`,
    `${count('newVersion')} as new versions`,
    `${count('unchanged')} unchanged`,
    `${count('skipped')} left out`,
    `${count('refused')} refused`,
  ].filter((part) => !part.startsWith('0 '));
  return `Imported files: ${parts.join(', ') || 'nothing to do'}.`;
}

/** Files that belong together by their folder and base stay in one portion, as they come in order. */
function portions(files: readonly DocumentFile[]): DocumentFile[][] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (JSON.stringify(files).length <= portion) return [sorted];
  const manifest = sorted.filter(({ path }) => /(?:^|\/)baton\.json$/.test(path));
  const parts: DocumentFile[][] = [];
  let size = Number.POSITIVE_INFINITY;
  let base = '';
  for (const file of sorted.filter((each) => !manifest.includes(each))) {
    const length = JSON.stringify(file).length;
    const own = file.path.replace(/(?:\.tool\.(?:ts|json)|\.bpmn|\.start\.json)$/, '');
    if (size + length > portion && own !== base) {
      parts.push([...manifest]);
      size = 0;
    }
    parts.at(-1)!.push(file);
    size += length;
    base = own;
  }
  return parts;
}

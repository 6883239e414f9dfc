import type { Result } from '@baton/engine/protocol';
import { type DocumentFile, documentRoutes, type ImportedFile, type OnClash } from '@baton/gateway/api';
import type { ApiFailure } from '../../platform/api.ts';
import type { Platform } from '../../platform/platform.ts';
import { portions } from './portions.ts';
import { type ChosenFile, readFiles } from './readFiles.ts';

/** Looks at the files, asks what to do about names that are taken, imports, and says what became of each. */
export async function importDocuments(platform: Platform, chosen: readonly ChosenFile[]): Promise<void> {
  const { dialogs, documents, editors, notifications } = platform;
  const read = await readFiles(chosen);
  if (!read.ok) return notifications.error(read.failure);
  const files = read.value;
  const checked = await sent(platform, files, 'Looking at the files…', (part) =>
    platform.api.call(documentRoutes.checkFiles, { body: { files: part } }),
  );
  if (!checked || checked.cancelled) return;
  const choices = await answerFor(platform, checked.files);
  if (!choices) return;
  const imported = await sent(platform, files, 'Importing…', (part) => {
    const own = part.flatMap(({ path }) => (choices[path] ? [[path, choices[path]] as const] : []));
    return platform.api.call(documentRoutes.importFiles, {
      body: { files: part, choices: Object.fromEntries(own) },
    });
  });
  if (!imported) return;
  void documents.refresh();
  const done = imported.files;
  if (imported.cancelled)
    return notifications.warning(`Cancelled before all files were sent. ${summary(done)}`);
  const saved = done.filter(({ action }) => action === 'created' || action === 'newVersion');
  const [only] = saved;
  if (saved.length === 1 && only?.kind && only.id)
    await editors.open({ kind: only.kind, id: only.id, name: only.name! });
  const told = new Set(checked.files.filter(cannotBe).map(({ path }) => path));
  const refused = done.filter(({ path, action }) => action === 'refused' && !told.has(path));
  if (refused.length === 0) return notifications.success(summary(done));
  await dialogs.ask({
    title: 'Some files were not imported',
    message: summary(done),
    details: reasons(refused),
    actions: [{ id: 'ok', title: 'OK' }],
  });
}

/** The answers for the files, portion by portion, until it is cancelled; `undefined` once one was refused, which is said. */
function sent(
  { notifications }: Platform,
  files: readonly DocumentFile[],
  message: string,
  send: (part: DocumentFile[]) => Promise<Result<{ files: ImportedFile[] }, ApiFailure>>,
): Promise<{ files: readonly ImportedFile[]; cancelled: boolean } | undefined> {
  return notifications.during(message, async (told, signal) => {
    const answered: ImportedFile[] = [];
    let count = 0;
    for (const part of portions(files)) {
      if (signal.aborted) return { files: answered, cancelled: true };
      const answer = await send(part);
      if (!answer.ok) {
        notifications.failure(answer.failure);
        return undefined;
      }
      answered.push(...answer.value.files);
      count += part.length;
      told(count / files.length);
    }
    return { files: answered, cancelled: false };
  });
}

/** Refused whatever is chosen. */
const cannotBe = ({ action, clash }: ImportedFile) => action === 'refused' && !clash;

/** What is to happen with each file whose document is there already; `undefined` to import nothing. */
async function answerFor(
  { dialogs, notifications }: Platform,
  checked: readonly ImportedFile[],
): Promise<Readonly<Record<string, OnClash>> | undefined> {
  const clashes = checked.filter(({ clash }) => clash);
  const refused = checked.filter(cannotBe);
  const fresh = checked.filter(({ action }) => action === 'created').length;
  if (clashes.length === 0 && refused.length === 0) return {};
  if (clashes.length === 0 && fresh === 0) {
    await dialogs.ask({
      title: refused.length === 1 ? 'This file cannot be imported' : 'These files cannot be imported',
      message: 'Nothing was changed.',
      details: reasons(refused),
      actions: [{ id: 'ok', title: 'OK' }],
    });
    return undefined;
  }
  const answer = await dialogs.each({
    title:
      clashes.length === 0
        ? 'Some files cannot be imported'
        : clashes.length === 1
          ? 'This document is there already'
          : `${clashes.length} documents are there already`,
    message:
      clashes.length === 0
        ? fresh === 1
          ? 'The other one can.'
          : `The other ${fresh} can.`
        : clashWords(clashes.length, fresh, refused.length),
    rows: clashes.map(({ path, name, kind, version }) => ({
      id: path,
      title: path,
      note: version === undefined ? `is ${name}` : `is ${name}, version ${version}`,
      // Others name a form and a decision by an id that is there once.
      ...((kind === 'form' || kind === 'decision') && { choices: ['newVersion', 'skip'] }),
    })),
    choices: [
      { value: 'newVersion', title: 'Save as a new version' },
      { value: 'rename', title: 'Keep both' },
      { value: 'skip', title: 'Leave out' },
    ],
    ...(refused.length > 0 && { details: reasons(refused) }),
    action: 'Import',
  });
  if (!answer) notifications.info('Nothing was imported.');
  return answer as Readonly<Record<string, OnClash>> | undefined;
}

function clashWords(clashes: number, fresh: number, refused: number): string {
  return [
    clashes === 1
      ? 'It has another content than the file. What there is now stays in its versions.'
      : 'They have another content than the files. What there is now stays in their versions.',
    ...(fresh === 0 ? [] : [fresh === 1 ? 'One more is new.' : `${fresh} more are new.`]),
    ...(refused === 0
      ? []
      : [refused === 1 ? 'One file cannot be imported:' : `${refused} files cannot be imported:`]),
  ].join(' ');
}

const reasons = (files: readonly ImportedFile[]) =>
  files.map(({ path, problems }) => ({ title: path, lines: problems.map(told) }));

function told({ path, line, message }: ImportedFile['problems'][number]): string {
  return line === undefined ? message : `${path.split('/').at(-1)}:${line} ${message}`;
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

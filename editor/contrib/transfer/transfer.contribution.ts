import { type Disposable, disposable, disposeAll } from '../../base/disposable.ts';
import type { Resource } from '../../platform/documents.ts';
import type { Contribution, Platform } from '../../platform/platform.ts';
import { dragOut } from './dragOut.ts';
import { exportDocuments } from './exportDocuments.ts';
import { importDocuments } from './importDocuments.ts';
import { type ChosenFile, chosenFile, droppedFiles } from './readFiles.ts';

/** Documents as files: a folder or an archive in, an archive out, and what is dropped from the desktop. */
export const transfer: Contribution = (platform) => {
  const { commands, menus, editors } = platform;
  /** @param all of a selection that `argument` is one of */
  const given = (argument: unknown, all: unknown): Resource[] => {
    if (Array.isArray(all)) return all as Resource[];
    const one = (argument as Resource | undefined) ?? editors.activeResource();
    return one ? [one] : [];
  };
  const take = async (folder: boolean) => {
    const files = await choose(folder);
    if (files.length > 0) await importDocuments(platform, files);
  };
  return disposeAll(
    commands.register({
      id: 'documents.import',
      title: 'Import files…',
      category: 'Documents',
      icon: 'codicon:cloud-upload',
      run: () => take(false),
    }),
    commands.register({
      id: 'documents.importFolder',
      title: 'Import a folder…',
      category: 'Documents',
      icon: 'codicon:folder-opened',
      run: () => take(true),
    }),
    commands.register({
      id: 'documents.export',
      title: 'Export all documents',
      category: 'Documents',
      icon: 'codicon:cloud-download',
      run: () => exportDocuments(platform, undefined),
    }),
    commands.register({
      id: 'documents.exportThis',
      title: 'Export',
      category: 'Documents',
      icon: 'codicon:desktop-download',
      run: (argument, all) => exportDocuments(platform, given(argument, all)),
    }),
    menus.register('menubar/file', { command: 'documents.import', group: '5_transfer', order: 10 }),
    menus.register('menubar/file', { command: 'documents.importFolder', group: '5_transfer', order: 20 }),
    menus.register('menubar/file', { command: 'documents.export', group: '5_transfer', order: 30 }),
    menus.register('explorer/item', { command: 'documents.exportThis', group: '3_transfer', order: 10 }),
    fromDesktop(platform),
    dragOut(platform),
  );
};

/** Asks the browser for files; none when it was called off. */
function choose(folder: boolean): Promise<ChosenFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    if (folder) input.webkitdirectory = true;
    input.addEventListener('change', () => resolve([...(input.files ?? [])].map((file) => chosenFile(file))));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** What is dropped where nothing else takes it is imported. */
function fromDesktop(platform: Platform): Disposable {
  const over = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    void droppedFiles(event.dataTransfer).then((files) => importDocuments(platform, files));
  };
  // What changes below a pointer at rest is entered and dropped on without a move over it.
  window.addEventListener('dragenter', over);
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop);
  return disposable(() => {
    window.removeEventListener('dragenter', over);
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop);
  });
}

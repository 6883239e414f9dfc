/** Door of the explorer. */
export { type Entry, type Folder, folderOf, folders } from './folders.ts';

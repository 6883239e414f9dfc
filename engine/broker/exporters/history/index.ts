export type { Run } from './foldRun.ts';
export { createHistory, type History, type HistoryOptions } from './history.ts';
export { openHistoryStore } from './historyStore.ts';
export type { Found, SearchFound, TableSearch } from './indexedTable.ts';
export type * from './rows.ts';

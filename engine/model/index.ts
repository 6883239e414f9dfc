/** Door `@baton/engine/model`. */
export { elementAt } from './elementAt.ts';
export * from './executable.ts';
export { modelProblems, transform } from './model.ts';
export { createProcessCache, type ProcessCache } from './processCache.ts';
export { rejectionText } from './rejectionText.ts';

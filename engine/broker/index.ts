export * from './broker.ts';
export * from './processing/types.ts';
export * from './commands.ts';
export * from './jobPolls.ts';

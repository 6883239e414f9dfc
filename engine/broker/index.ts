export * from './broker.ts';
export * from './commands.ts';
export * from './errors.ts';
export * from './exporters/history/index.ts';
export * from './jobPolls.ts';
export * from './pendingBytes.ts';
export * from './processing/types.ts';

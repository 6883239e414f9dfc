export * from './broker.ts';
export * from './processing/types.ts';

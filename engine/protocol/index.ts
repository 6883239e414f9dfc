/** Door `@baton/engine/protocol`: records, intents, variables. Browser-safe; imports nothing of ours. */
export * from './calls.ts';
export * from './conversations.ts';
export * from './differenceInWords.ts';
export * from './elementType.ts';
export * from './gatewayMessages.ts';
export * from './grants.ts';
export * from './intents.ts';
export * from './json.ts';
export * from './questions.ts';
export * from './record.ts';
export * from './recordings.ts';
export * from './result.ts';
export * from './runs.ts';
export * from './scenarios.ts';
export * from './values.ts';

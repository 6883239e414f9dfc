/** Door `@baton/gateway/api`: the route table with its schemas, error codes and live topics. Browser-safe. */
export * from './common.ts';
export * from './errors.ts';
export * from './permissions.ts';
export * from './rates.ts';
export * from './resources/agents.ts';
export * from './resources/audit.ts';
export * from './resources/deployments.ts';
export * from './resources/instances.ts';
export * from './resources/limits.ts';
export * from './resources/session.ts';
export * from './resources/tasks.ts';
export * from './resources/tools.ts';
export * from './resources/userTasks.ts';
export * from './resources/workflows.ts';
export * from './route.ts';
export * from './table.ts';
export * from './topics.ts';

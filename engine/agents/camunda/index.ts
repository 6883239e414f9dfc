/** Camunda's form of agents: ad-hoc sub-processes whose jobs are turns. */
export { AGENTIC_JOB_TYPES, type AgenticWorkerDependencies, createAgenticHandler } from './agenticWorker.ts';
export type { NamedProvider } from './tenantProvider.ts';

/** Door `@baton/engine/agents`: handlers for jobs of agents and tools. */

export { AGENT_JOB_TYPE, type AgentWorkerDependencies, createAgentHandler } from './agentWorker.ts';
export {
  type AssignedInstances,
  type AssignedInstancesOptions,
  type AssignmentCatalog,
  createAssignedInstances,
} from './assignedInstances.ts';
export {
  AGENTIC_JOB_TYPES,
  type AgenticWorkerDependencies,
  createAgenticHandler,
  type NamedProvider,
} from './camunda/index.ts';
export type {
  AgentCatalog,
  AgentDefinition,
  AgentLimits,
  AgentMemory,
  AgentParameters,
  ModelCatalog,
  PromptDefinition,
  SavedAgent,
  TaskDefinition,
  Versioned,
} from './definitions.ts';
export type { AgentFailure } from './failures.ts';
export {
  type AgentInstanceState,
  type AgentInstances,
  type AgentInstancesOptions,
  createAgentInstances,
  type InstanceEnded,
} from './instances.ts';
export { startOwnThread } from './isolation/ownThread.ts';
export {
  type AgentRuntimeState,
  createRunPool,
  type RunPool,
  type RunPoolOptions,
  type ThreadCrash,
} from './isolation/runPool.ts';
export { type AgentStops, createAgentStops } from './isolation/stops.ts';
export { keptInput } from './preparedRun.ts';
export {
  type FollowedQuestions,
  type FollowQuestionsOptions,
  followQuestions,
} from './questions/followQuestions.ts';
export { QUESTION_JOB_TYPE, questionProcess } from './questions/questionProcess.ts';
export {
  createQuestions,
  type QuestionNews,
  type Questions,
  type QuestionsOptions,
} from './questions/questions.ts';
export { createQuestionHandler } from './questions/questionWorker.ts';
export { type AgentWorld, type CallOwner, recordCalls } from './recordedCalls.ts';
export { cassetteOf } from './recordings/cassette.ts';
export { compareRuns } from './recordings/compareRuns.ts';
export { type Fork, type ForkRefused, forkRun } from './recordings/forkRun.ts';
export {
  type NotRecorded,
  type RecordedDefinitions,
  type RecordedEnd,
  recordingOf,
} from './recordings/recordingOf.ts';
export { type ReplayWith, replayRun } from './recordings/replayRun.ts';
export {
  type AgentRun,
  type AgentRunResult,
  type AgentTools,
  type HearRun,
  type RunAgent,
  type RunDependencies,
  runAgent,
} from './runner.ts';
export type { QuotaExceeded, RunSpending, Spending } from './spending.ts';
export { createToolHandler, TOOL_JOB_TYPE, type ToolWorkerDependencies } from './toolWorker.ts';

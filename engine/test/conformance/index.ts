/** Door `@baton/engine/test/conformance`: scenarios, and how any broker runs them. */

export { blocks } from '../randomProcess/index.ts';
export { type Comparison, compare, knownDifferences } from './compare.ts';
export { deployment } from './deployment.ts';
export { openEmbedded } from './embedded.ts';
export { inLockstep, laterThan88, notThroughGrpc } from './lockstep.ts';
export { openDifferences } from './openDifferences.ts';
export { CannotRun, run, type StepOutcome } from './run.ts';
export type { Scenario, Scenarios, Step } from './scenario.ts';
export { scenarios } from './scenarios/index.ts';
export type { SeenRecord, Target } from './target.ts';
export { leftOut } from './trace.ts';
export { missingFeature, PATIENCE } from './unsupported.ts';
export { connectZeebe, GRPC_RESOURCE_EXHAUSTED, GRPC_UNAVAILABLE, type ZeebeGrpc } from './zeebeGrpc.ts';

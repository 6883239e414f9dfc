/** Door `@baton/tools-registry`: compile, run and invoke tools. */
export { type Compiled, type CompileProblem, compileTool } from './authoring/compile.ts';
export { createToolInvoker, runTool } from './invoke.ts';
export { createInThreadRunner } from './sandbox/inThread.ts';
export { createOwnThreadRunner, type ThreadWorld } from './sandbox/ownThread.ts';
export type { SandboxJob, SandboxOutcome, SandboxRunner } from './sandbox/runner.ts';

/** Door `@baton/tools-registry`: compile, run and invoke tools. */
export { type Compiled, type CompileProblem, compileTool } from './authoring/compile.ts';
export { type StatedProblem, type StatedTool, statedIn } from './authoring/stated.ts';
export type { TypeProblem } from './authoring/types/check.ts';
export { createTypeChecker, type TypeChecker } from './authoring/types/checker.ts';
export { builtInDefinitions, builtInOfId, builtInTools } from './builtIn/index.ts';
export type { ToolSearchWorld } from './catalog/tenantTools.ts';
export {
  createToolSearch,
  type FoundTools,
  type ToolSearch,
  type ToolSearchRequest,
} from './catalog/toolSearch.ts';
export { createMcpConnections } from './connections/mcp/mcpConnections.ts';
export type * from './connections/mcp/ports.ts';
export { ownProcesses, type ProcessWorld } from './connections/mcp/wire/ownProcess.ts';
export { createToolConnections, type ToolConnections } from './connections/toolConnections.ts';
export type { ToolValues, ToolWorld } from './host/world.ts';
export { createToolInvoker, toolCatalogOf } from './invoke.ts';
export { runTool, savedTools, type ToolRun, type ToolRuntime } from './runTool.ts';
export { startInThread } from './sandbox/inThread.ts';
export { startOwnThread } from './sandbox/ownThread.ts';
export { createSandboxPool, type PoolWorld } from './sandbox/pool.ts';
export * from './sandbox/runner.ts';
export { createMcpFace } from './server/face.ts';
export type { McpFaceWorld, PendingCall, PendingCalls } from './server/world.ts';

import type { CallLog, JsonObject } from '@baton/engine/protocol';
import type { Job, JobHandler } from '@baton/engine/worker';
import type { ToolDefinition } from '@baton/tools-registry/contract';
import { ownerOf, resultVariables } from './jobAnswer.ts';
import { variablesOf } from './jobInput.ts';
import { type AgentWorld, recordCalls } from './recordedCalls.ts';
import type { AgentTools } from './runner.ts';
import { callTool } from './toolCall.ts';

export const TOOL_JOB_TYPE = 'tool';

/** ms before a tool that failed is called again. */
const BACKOFF = 1_000;

export interface ToolWorkerDependencies {
  tools: AgentTools;
  calls: CallLog;
  world: AgentWorld;
}

/** The arguments are the job's variables that the tool's input names; all of them when it names none. */
function argumentsOf({ input }: ToolDefinition, variables: JsonObject): JsonObject {
  const named = input.properties;
  if (!named || typeof named !== 'object') return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => Object.hasOwn(named, name)));
}

/** Handles jobs of `type="tool"`: header `tool` names it, `resultVariable` where its answer goes. */
export function createToolHandler({ tools, calls, world }: ToolWorkerDependencies): JobHandler {
  return async (job: Job, signal) => {
    const name = job.headers.tool;
    if (!name) {
      return {
        kind: 'fail',
        retries: 0,
        message: 'TOOL_NOT_NAMED: Expected a task header tool, but there is none',
      };
    }
    const tool = await tools.catalog.get(job.tenantId, name, undefined);
    if (!tool) {
      return {
        kind: 'fail',
        retries: 0,
        message: `TOOL_NOT_FOUND: Expected a tool '${name}', but there is none`,
      };
    }
    const input = argumentsOf(tool.definition, variablesOf(job));
    const owner = ownerOf(job);
    const use = { name, version: tool.version, arguments: input, callId: '' };
    const record = await callTool(owner, use, tools.invoker, recordCalls(calls, world, owner), signal);
    if (!record.error) return { kind: 'complete', variables: resultVariables(job, record.response) };
    const message = `${record.error.code}: ${record.error.message}`;
    // Wrong arguments stay wrong: a person has to look.
    const final = record.error.code === 'TOOL_INPUT_INVALID' || record.error.code === 'TOOL_NOT_FOUND';
    return final ? { kind: 'fail', retries: 0, message } : { kind: 'fail', message, backoff: BACKOFF };
  };
}

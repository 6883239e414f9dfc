import type { CallLog, JsonObject } from '@baton/engine/protocol';
import type { Job, JobHandler, JobOutcome } from '@baton/engine/worker';
import type { ToolDefinition, ToolFailureCode } from '@baton/tools-registry/contract';
import { ownerOf, resultVariables } from './jobAnswer.ts';
import { variablesOf } from './jobInput.ts';
import type { Questions } from './questions/questions.ts';
import { waitForAnswers } from './questions/waitForAnswers.ts';
import { type AgentWorld, recordCalls } from './recordedCalls.ts';
import type { AgentTools } from './runner.ts';
import { callTool, type ToolUse } from './toolCall.ts';

export const TOOL_JOB_TYPE = 'tool';

/** ms before a tool that failed is called again. */
const BACKOFF = 1_000;

export interface ToolWorkerDependencies {
  tools: AgentTools;
  calls: CallLog;
  questions: Questions;
  world: AgentWorld;
}

/** The arguments are the job's variables that the tool's input names; all of them when it names none. */
function argumentsOf({ input }: ToolDefinition, variables: JsonObject): JsonObject {
  const named = input.properties;
  if (!named || typeof named !== 'object') return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => Object.hasOwn(named, name)));
}

/** What the job calls: the latest version with its variables, or what it called when it asked. */
async function useOf(
  job: Job,
  name: string,
  { tools, questions }: ToolWorkerDependencies,
): Promise<ToolUse | undefined> {
  const [asked] = await questions.ofElement(job.tenantId, job.elementInstanceKey);
  if (asked) {
    await questions.awake(job.tenantId, job.elementInstanceKey);
    const {
      tool,
      version,
      arguments: given,
    } = asked.request as unknown as {
      tool: string;
      version: number;
      arguments: JsonObject;
    };
    return { name: tool, version, arguments: given, callId: '' };
  }
  const tool = await tools.catalog.get(job.tenantId, name, undefined);
  if (!tool) return undefined;
  return {
    name,
    version: tool.version,
    arguments: argumentsOf(tool.definition, variablesOf(job)),
    callId: '',
  };
}

const incident = (message: string): JobOutcome => ({ kind: 'fail', retries: 0, message });

/** Failures that trying again does not mend: a person has to look. */
const final: ReadonlySet<string> = new Set<ToolFailureCode>([
  'TOOL_INPUT_INVALID',
  'TOOL_NOT_FOUND',
  'TOOL_DECLINED',
  'TOOL_QUARANTINED',
]);

/** Handles jobs of `type="tool"`: header `tool` names it, `resultVariable` where its answer goes. */
export function createToolHandler(dependencies: ToolWorkerDependencies): JobHandler {
  const { tools, calls, questions, world } = dependencies;
  return async (job: Job, signal) => {
    const name = job.headers.tool;
    if (!name) return incident('TOOL_NOT_NAMED: Expected a task header tool, but there is none');
    const use = await useOf(job, name, dependencies);
    if (!use) return incident(`TOOL_NOT_FOUND: Expected a tool '${name}', but there is none`);
    const owner = ownerOf(job);
    const record = await callTool(use, {
      owner,
      invoker: tools.invoker,
      questions,
      calls: recordCalls(calls, world, owner),
      world,
      signal,
    });
    if ('waitsFor' in record) return waitForAnswers(questions, job, record.waitsFor);
    if (!record.error) return { kind: 'complete', variables: resultVariables(job, record.response) };
    const message = `${record.error.code}: ${record.error.message}`;
    return final.has(record.error.code) ? incident(message) : { kind: 'fail', message, backoff: BACKOFF };
  };
}

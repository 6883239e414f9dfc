import type {
  ModelFailure,
  ModelMessage,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelToolCall,
} from '@baton/engine/llm';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import {
  type SchemaViolation,
  type ToolCatalog,
  type ToolDefinition,
  type ToolInvoker,
  validateAgainst,
} from '@baton/tools-registry/contract';
import { type Budget, type BudgetExceeded, createBudget } from './budget.ts';
import type { AgentDefinition, ModelCatalog, TaskDefinition, Versioned } from './definitions.ts';
import { renderPrompt } from './prompt.ts';
import type { AgentWorld, CallOwner, RecordedCalls } from './recordedCalls.ts';
import { callTool } from './toolCall.ts';

export interface AgentRun {
  agent: Versioned<AgentDefinition>;
  task: Versioned<TaskDefinition> | undefined;
  variables: JsonObject;
  owner: CallOwner;
}

export type AgentFailure =
  | BudgetExceeded
  | ModelFailure
  | { code: 'AGENT_INPUT_INVALID' | 'AGENT_ANSWER_INVALID'; message: string; violations: SchemaViolation[] };

export interface AgentTools {
  catalog: ToolCatalog;
  invoker: ToolInvoker;
}

interface OfferedTool {
  definition: ToolDefinition;
  version: number;
}

/** How often an answer that breaks its schema is sent back before the run gives up. */
const REPAIRS = 1;

/** A signal that also aborts after `ms`. */
function withTimeout(
  world: AgentWorld,
  ms: number,
  outer: AbortSignal,
): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  const cancel = world.schedule(ms, abort);
  return {
    signal: controller.signal,
    done: () => {
      cancel();
      outer.removeEventListener('abort', abort);
    },
  };
}

/** Variables the task asks for; all of them when it names none. */
function requestOf(task: Versioned<TaskDefinition> | undefined, variables: JsonObject): JsonObject {
  const named = task?.definition.requestSchema.properties;
  if (!named || typeof named !== 'object') return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => Object.hasOwn(named, name)));
}

function parseAnswer(text: string): JsonValue | undefined {
  const unfenced = text.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
  try {
    return JSON.parse(unfenced) as JsonValue;
  } catch {
    return undefined;
  }
}

/**
 * The loop prompt → model → tool calls → results, until the model answers. Each call goes through budget and record.
 */
export async function runAgent(
  run: AgentRun,
  models: ModelCatalog,
  tools: AgentTools,
  calls: RecordedCalls,
  world: AgentWorld,
  signal: AbortSignal,
): Promise<Result<JsonValue, AgentFailure>> {
  const { definition: agent } = run.agent;
  const provider = await models.provider(run.owner.tenantId, agent.provider);
  if (!provider) {
    return failed({
      code: 'MODEL_UNAVAILABLE',
      message: `Expected a provider '${agent.provider}' for agent '${agent.name}', but none is set up`,
      retryable: false,
    });
  }
  const request = requestOf(run.task, run.variables);
  if (run.task) {
    const violations = validateAgainst(run.task.definition.requestSchema, request);
    if (violations[0])
      return failed({ code: 'AGENT_INPUT_INVALID', message: violations[0].message, violations });
  }

  const offered = new Map<string, OfferedTool>();
  for (const name of agent.tools) {
    const found = await tools.catalog.get(run.owner.tenantId, name, undefined);
    if (found) offered.set(name, found);
  }
  const messages: ModelMessage[] = [
    { role: 'system', text: agent.systemPrompt },
    {
      role: 'user',
      text: renderPrompt(agent.userPrompt, agent.userPrompt.trim() === '' ? request : run.variables),
    },
  ];
  const budget = createBudget(agent.limits);
  const responseSchema = run.task?.definition.responseSchema;
  let repairs = 0;

  for (;;) {
    const asked = await askModel(
      run,
      provider,
      messages,
      offered,
      responseSchema,
      budget,
      calls,
      world,
      signal,
    );
    if (!asked.ok) return asked;
    const { text, toolCalls } = asked.value;
    messages.push({ role: 'assistant', text, toolCalls });
    if (toolCalls.length > 0) {
      for (const call of toolCalls)
        messages.push(await answerCall(run.owner, call, offered, tools.invoker, calls, signal));
      continue;
    }
    if (!responseSchema) return ok({ text });
    const answer = parseAnswer(text);
    const violations =
      answer === undefined
        ? [{ pointer: '', message: `Expected the answer to be JSON, but it is: ${text.slice(0, 200)}` }]
        : validateAgainst(responseSchema, answer);
    if (violations.length === 0) return ok(answer as JsonValue);
    if (repairs >= REPAIRS) {
      return failed({ code: 'AGENT_ANSWER_INVALID', message: violations[0]?.message ?? '', violations });
    }
    repairs += 1;
    messages.push({
      role: 'user',
      text: `The answer does not fit its schema:\n${violations.map(({ message }) => `- ${message}`).join('\n')}\nAnswer again, with JSON only.`,
    });
  }
}

async function askModel(
  run: AgentRun,
  provider: ModelProvider,
  messages: ModelMessage[],
  offered: ReadonlyMap<string, OfferedTool>,
  responseSchema: ModelRequest['responseSchema'],
  budget: Budget,
  calls: RecordedCalls,
  world: AgentWorld,
  signal: AbortSignal,
): Promise<Result<ModelResponse, AgentFailure>> {
  const { definition: agent, version } = run.agent;
  const reserved = budget.reserve();
  if (!reserved.ok) return reserved;
  const request: ModelRequest = {
    model: agent.model,
    messages: [...messages],
    tools: [...offered.values()].map(({ definition }) => ({
      name: definition.name,
      description: definition.description,
      parameters: definition.input,
    })),
    responseSchema,
    temperature: agent.parameters.temperature,
    maxOutputTokens: reserved.value.tokens,
  };
  let failure: ModelFailure | undefined;
  const record = await calls.act(
    { kind: 'model', name: agent.name, version, model: `${provider.name}/${agent.model}` },
    { ...request, responseSchema: responseSchema ?? null } as unknown as JsonValue,
    async () => {
      const limited = withTimeout(world, agent.limits.timeout, signal);
      try {
        const result = await provider.generate(request, limited.signal);
        if (!result.ok) {
          failure = result.failure;
          const { code, message } = result.failure;
          return {
            response: null,
            error: { code, message },
            usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
          };
        }
        const { inputTokens, outputTokens } = result.value;
        return {
          response: result.value as unknown as JsonValue,
          error: null,
          usage: { inputTokens, outputTokens, cost: provider.costOf?.(agent.model, result.value) ?? 0 },
        };
      } finally {
        limited.done();
      }
    },
  );
  budget.settle(record.usage.inputTokens + record.usage.outputTokens);
  if (failure) return failed(failure);
  return ok(record.response as unknown as ModelResponse);
}

/** A tool's fault is told to the model, which may correct its arguments. */
async function answerCall(
  owner: CallOwner,
  call: ModelToolCall,
  offered: ReadonlyMap<string, OfferedTool>,
  invoker: ToolInvoker,
  calls: RecordedCalls,
  signal: AbortSignal,
): Promise<ModelMessage> {
  const tool = offered.get(call.name);
  const answer = (text: string): ModelMessage => ({
    role: 'tool',
    toolCallId: call.id,
    toolName: call.name,
    text,
  });
  if (!tool) return answer(`Expected one of the offered tools, but there is no tool '${call.name}'`);
  const use = { name: call.name, version: tool.version, arguments: call.arguments, callId: call.id };
  const record = await callTool(owner, use, invoker, calls, signal);
  return answer(
    record.error ? `${record.error.code}: ${record.error.message}` : JSON.stringify(record.response),
  );
}

import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { JsonSchema } from '@baton/tools-registry/contract';
import { type AgentContext, readAgentContext } from './agentContext.ts';

/** One entry of `toolCallResults`; without an id it is what an event sub-process has to say. */
export interface ToolCallResult {
  id: string | undefined;
  name: string | undefined;
  content: JsonValue;
}

/** What the element template asks for, of the variables of one job. */
export interface AgenticInput {
  provider: { type: string; model: string; parameters: ModelParameters; timeout: string | undefined };
  systemPrompt: string;
  userPrompt: string;
  context: AgentContext | undefined;
  results: ToolCallResult[];
  /** As the broker describes the elements of the ad-hoc sub-process. */
  elements: JsonObject[];
  /** Messages that the model is shown at most. */
  window: number;
  maxModelCalls: number;
  /** An event ends the tools that are at work, instead of waiting for them. */
  interrupts: boolean;
  response: {
    format: { type: 'text'; parseJson: boolean } | { type: 'json'; schema: JsonSchema | undefined };
    includeAssistantMessage: boolean;
    includeAgentContext: boolean;
  };
}

export interface ModelParameters {
  temperature: number | undefined;
  topP: number | undefined;
  maxTokens: number | undefined;
}

const defaults = { window: 20, maxModelCalls: 10 };

/** The template's own key of a provider's settings, where it is not the type itself. */
const settingsKeys: { readonly [type: string]: string } = { 'google-vertex-ai': 'googleVertexAi' };

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function at(value: JsonValue | undefined, ...path: string[]): JsonValue | undefined {
  let found = value;
  for (const name of path) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found ?? undefined;
}

/** Static inputs of a model are texts, whatever they are to mean. */
function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'string' && value.trim() === '') return undefined;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const textOf = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const isTrue = (value: JsonValue | undefined): boolean => value === true || value === 'true';

/** Why a job is not one that an agent can do; "Expected …, but …". */
export type AgenticInputProblem = string;

export function readAgenticInput(variables: JsonObject): Result<AgenticInput, AgenticInputProblem> {
  const provider = readProvider(variables.provider);
  if (!provider.ok) return provider;
  const storage = at(variables, 'data', 'memory', 'storage', 'type') ?? 'in-process';
  if (storage !== 'in-process') {
    return failed(
      `Expected data.memory.storage.type to be 'in-process', which keeps the conversation in the process, but it is '${textOf(storage)}'`,
    );
  }
  const documents = at(variables, 'data', 'userPrompt', 'documents');
  if (Array.isArray(documents) && documents.length > 0)
    return failed('Expected data.userPrompt.documents to be empty, but there are documents');
  const context = readAgentContext(variables.agentContext);
  if (!context.ok) return context;
  const elements = at(variables, 'adHocSubProcessElements');
  const results = at(variables, 'toolCallResults');
  const format = at(variables, 'data', 'response', 'format');
  const schema = at(format, 'schema');
  return ok({
    provider: provider.value,
    systemPrompt: textOf(at(variables, 'data', 'systemPrompt', 'prompt')),
    userPrompt: textOf(at(variables, 'data', 'userPrompt', 'prompt')),
    context: context.value,
    results: Array.isArray(results) ? results.flatMap(readResult) : [],
    elements: Array.isArray(elements) ? elements.filter(isObject) : [],
    window: Math.max(1, numberOf(at(variables, 'data', 'memory', 'contextWindowSize')) ?? defaults.window),
    maxModelCalls: numberOf(at(variables, 'data', 'limits', 'maxModelCalls')) ?? defaults.maxModelCalls,
    interrupts: at(variables, 'data', 'events', 'behavior') === 'INTERRUPT_TOOL_CALLS',
    response: {
      format:
        at(format, 'type') === 'json'
          ? { type: 'json', schema: isObject(schema) ? (schema as JsonSchema) : undefined }
          : { type: 'text', parseJson: isTrue(at(format, 'parseJson')) },
      includeAssistantMessage: isTrue(at(variables, 'data', 'response', 'includeAssistantMessage')),
      includeAgentContext: isTrue(at(variables, 'data', 'response', 'includeAgentContext')),
    },
  });
}

/** What a model names keys and addresses for is left where it is: the tenant's own provider has them. */
function readProvider(given: JsonValue | undefined): Result<AgenticInput['provider'], AgenticInputProblem> {
  const named = textOf(at(given, 'type'));
  if (named === '') return failed('Expected provider.type to name a provider of models, but it is empty');
  const custom = named === 'custom';
  const type = custom ? textOf(at(given, 'providerType')) : named;
  if (type === '')
    return failed('Expected provider.providerType to name a provider of models, but it is empty');
  const settings = custom ? given : at(given, settingsKeys[type] ?? type);
  const model = custom
    ? textOf(at(given, 'model'))
    : textOf(at(settings, 'model', 'model') ?? at(settings, 'model', 'deploymentName'));
  if (model === '') return failed(`Expected provider '${type}' to be given a model, but there is none`);
  const parameters = custom ? at(given, 'parameters') : at(settings, 'model', 'parameters');
  const timeout = textOf(at(settings, 'timeouts', 'timeout'));
  return ok({
    type,
    model,
    parameters: {
      temperature: numberOf(at(parameters, 'temperature')),
      topP: numberOf(at(parameters, 'topP')),
      maxTokens: numberOf(
        at(parameters, 'maxTokens') ??
          at(parameters, 'maxOutputTokens') ??
          at(parameters, 'maxCompletionTokens'),
      ),
    },
    timeout: timeout === '' ? undefined : timeout,
  });
}

function readResult(value: JsonValue): ToolCallResult[] {
  if (!isObject(value)) return [];
  const { id, name, content = null } = value;
  return [
    {
      id: id === undefined || id === null ? undefined : textOf(id),
      name: name === undefined || name === null ? undefined : textOf(name),
      content,
    },
  ];
}

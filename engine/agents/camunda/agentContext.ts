import type { ModelMessage, ModelTool, ModelToolCall } from '@baton/engine/llm';
import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';

/** What an agent knows from job to job: the process carries it, in the variable `agentContext`. */
export interface AgentContext {
  metrics: AgentMetrics;
  conversationId: string;
  /** Without the system prompt, which every job brings along. */
  messages: ModelMessage[];
  /** US dollars spent so far. */
  cost: number;
  /** The last place in the call log of the element instance whose job wrote it. */
  place: { elementInstanceKey: string; sequence: number } | undefined;
}

export interface AgentMetrics {
  modelCalls: number;
  toolCalls: number;
  inputTokens: number;
  outputTokens: number;
}

const SCHEMA_VERSION = 1;
/** Our own property of the context: what it has cost, and where its last call is in the log. */
const OWN = 'baton';

/** What a tool that ended without a result has to say to the model. */
export const NO_RESULT = 'Tool execution succeeded, but returned no result.';

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const countOf = (value: JsonValue | undefined): number =>
  typeof value === 'number' && value >= 0 ? value : 0;

const stringOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** `undefined`: nothing was said yet. */
export function readAgentContext(value: JsonValue | undefined): Result<AgentContext | undefined, string> {
  if (value === undefined || value === null) return ok(undefined);
  if (!isObject(value))
    return failed('Expected agentContext to be what the agent wrote before, or null, but it is neither');
  const { metrics, conversation, properties } = value;
  if (isObject(conversation) && conversation.type !== undefined && conversation.type !== 'in-process') {
    return failed(
      `Expected the conversation of agentContext to be kept in the process, but it is of type '${stringOf(conversation.type)}'`,
    );
  }
  const usage = isObject(metrics) && isObject(metrics.tokenUsage) ? metrics.tokenUsage : {};
  const own = isObject(properties) ? properties[OWN] : undefined;
  const messages =
    isObject(conversation) && Array.isArray(conversation.messages) ? conversation.messages : [];
  return ok({
    metrics: {
      modelCalls: countOf(isObject(metrics) ? metrics.modelCalls : undefined),
      toolCalls: countOf(isObject(metrics) ? metrics.toolCalls : undefined),
      inputTokens: countOf(usage.inputTokenCount),
      outputTokens: countOf(usage.outputTokenCount),
    },
    conversationId: isObject(conversation) ? stringOf(conversation.conversationId) : '',
    messages: messages.filter(isObject).flatMap(readMessage),
    cost: isObject(own) ? countOf(own.cost) : 0,
    place: isObject(own)
      ? { elementInstanceKey: stringOf(own.elementInstanceKey), sequence: countOf(own.sequence) }
      : undefined,
  });
}

/** A list of contents, or the content itself, as earlier versions had it. */
function readContent(content: JsonValue | undefined): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return JSON.stringify(content);
  return content
    .filter(isObject)
    .map((part) => {
      if (part.type === 'text') return stringOf(part.text);
      return part.type === 'object' ? JSON.stringify(part.content ?? null) : '';
    })
    .filter((text) => text !== '')
    .join('\n');
}

function readCall(call: JsonValue): ModelToolCall[] {
  if (!isObject(call)) return [];
  return [
    {
      id: stringOf(call.id),
      name: stringOf(call.name),
      arguments: isObject(call.arguments) ? call.arguments : {},
    },
  ];
}

function readMessage({ role, content, toolCalls, results }: JsonObject): ModelMessage[] {
  switch (role) {
    case 'user':
      return [{ role, text: readContent(content) }];
    case 'assistant':
      return [
        {
          role,
          text: readContent(content),
          toolCalls: Array.isArray(toolCalls) ? toolCalls.flatMap(readCall) : [],
        },
      ];
    case 'tool_call_result':
      return (Array.isArray(results) ? results : []).filter(isObject).map((result) => ({
        role: 'tool',
        toolCallId: stringOf(result.id),
        toolName: stringOf(result.name),
        text: readContent(result.content) || NO_RESULT,
      }));
    default:
      return [];
  }
}

export function writeAgentContext(context: AgentContext, systemPrompt: string, tools: readonly ModelTool[]) {
  const { metrics, conversationId, messages, cost, place } = context;
  const system: JsonObject[] =
    systemPrompt === '' ? [] : [{ role: 'system', content: writeText(systemPrompt) }];
  return {
    schemaVersion: SCHEMA_VERSION,
    state: 'READY',
    metrics: {
      modelCalls: metrics.modelCalls,
      tokenUsage: { inputTokenCount: metrics.inputTokens, outputTokenCount: metrics.outputTokens },
      toolCalls: metrics.toolCalls,
    },
    toolDefinitions: tools.map(({ name, description, parameters }) => ({
      name,
      description,
      inputSchema: parameters as JsonObject,
    })),
    conversation: { type: 'in-process', conversationId, messages: [...system, ...writeMessages(messages)] },
    ...(place && { properties: { [OWN]: { ...place, cost } } }),
  } satisfies JsonObject;
}

const writeText = (text: string): JsonObject[] => (text === '' ? [] : [{ type: 'text', text }]);

/** Results of the tools of one answer are one message. */
function writeMessages(messages: readonly ModelMessage[]): JsonObject[] {
  const written: JsonObject[] = [];
  let results: JsonObject[] | undefined;
  for (const message of messages) {
    if (message.role === 'tool') {
      const { toolCallId: id, toolName: name, text } = message;
      if (!results) {
        results = [];
        written.push({ role: 'tool_call_result', results });
      }
      results.push({ id, name, content: writeText(text) });
      continue;
    }
    results = undefined;
    written.push(
      message.role === 'assistant'
        ? writeAnswer(message)
        : { role: message.role, content: writeText(message.text) },
    );
  }
  return written;
}

export function writeAnswer({ text, toolCalls }: Extract<ModelMessage, { role: 'assistant' }>): JsonObject {
  return {
    role: 'assistant',
    ...(text !== '' && { content: writeText(text) }),
    ...(toolCalls.length > 0 && {
      toolCalls: toolCalls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
    }),
  };
}

/**
 * The latest messages of a conversation, with the system prompt `most` of them; what was asked last is always among them. An
 * answer goes with the results of its tools: one without the other is refused by providers. The results of one answer count
 * as one message.
 */
export function windowOf(messages: readonly ModelMessage[], most: number): ModelMessage[] {
  const blocks: ModelMessage[][] = [];
  for (const message of messages) {
    if (message.role === 'tool' && blocks.length > 0) blocks.at(-1)!.push(message);
    else blocks.push([message]);
  }
  const weight = (block: readonly ModelMessage[]) => Math.min(block.length, 2);
  const question = blocks.findLast(([first]) => first?.role === 'user');
  let count = 1 + blocks.reduce((sum, block) => sum + weight(block), 0);
  const shown = blocks.filter((block, index) => {
    if (count <= most || block === question || index === blocks.length - 1) return true;
    count -= weight(block);
    return false;
  });
  return shown.flat();
}

import type {
  FromLocalProgram,
  ModelFile,
  ModelMessage,
  ModelRequest,
  ToLocalProgram,
} from '@baton/engine/llm';
import type { JsonObject } from '@baton/engine/protocol';

/** What is used of node-llama-cpp, which is not among our dependencies: it is installed by whoever wants it. */
export interface LlamaLibrary {
  getLlama(options: {
    gpu: false | 'auto';
    build: 'never';
    skipDownload: true;
    progressLogs: false;
    logLevel: 'error';
    maxThreads: number;
    logger(level: string, message: string): void;
  }): Promise<Llama>;
  LlamaChat: new (options: { contextSequence: LlamaSequence }) => LlamaChat;
}

export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: object): Promise<object>;
  getGrammarFor(type: 'json'): Promise<object>;
}
export interface LlamaModel {
  trainContextSize: number;
  createContext(options: { contextSize: { min: number; max: number }; sequences: 1 }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}
export interface LlamaContext {
  contextSize: number;
  getSequence(): LlamaSequence;
}
export interface LlamaSequence {
  clearHistory(): Promise<void>;
  contextTokens: readonly unknown[];
  tokenMeter: {
    getState(): object;
    diff(before: object): { usedInputTokens: number; usedOutputTokens: number };
  };
}
export interface LlamaChat {
  generateResponse(history: ChatItem[], options: object): Promise<LlamaAnswer>;
}
export interface LlamaAnswer {
  response: string;
  functionCalls?: { functionName: string; params: unknown }[];
  metadata: { stopReason: string };
}

export type ChatItem =
  | { type: 'system' | 'user'; text: string }
  | { type: 'model'; response: (string | ChatCall)[] };
interface ChatCall {
  type: 'functionCall';
  name: string;
  params: unknown;
  result: unknown;
}

type Asked = Extract<ToLocalProgram, { kind: 'ask' }>;
type Answered = Extract<FromLocalProgram, { kind: 'answered' }>['result'];

/** Tokens of a conversation; more of them take more memory. */
const contextSizes = { min: 512, max: 8_192 };

/** A conversation that does not fit is refused, never cut: what an agent may forget is its own policy. */
class TooLong extends Error {}

interface Loaded {
  path: string;
  model: LlamaModel;
  context: LlamaContext;
  sequence: LlamaSequence;
  chat: LlamaChat;
  owner: string;
}

export interface LlamaSettings {
  threads: number;
  /** MB the whole program may take. */
  memory: number;
}

/** Answers questions with models of files; one model is in memory at a time, and one question is asked at a time. */
export function llamaAnswers(library: LlamaLibrary, { threads, memory }: LlamaSettings) {
  let llama: Llama | undefined;
  let loaded: Loaded | undefined;
  let complaint = '';

  async function load({ path }: ModelFile, owner: string): Promise<Loaded> {
    if (loaded?.path !== path) {
      await loaded?.model.dispose();
      loaded = undefined;
      complaint = '';
      llama ??= await library.getLlama({
        gpu: false,
        build: 'never',
        skipDownload: true,
        progressLogs: false,
        logLevel: 'error',
        maxThreads: threads,
        logger: (_, message) => {
          complaint = message.trim();
        },
      });
      const model = await llama.loadModel({ modelPath: path });
      const max = Math.min(contextSizes.max, model.trainContextSize);
      const contextSize = { min: Math.min(contextSizes.min, max), max };
      const context = await model.createContext({ contextSize, sequences: 1 });
      const sequence = context.getSequence();
      const chat = new library.LlamaChat({ contextSequence: sequence });
      loaded = { path, model, context, sequence, chat, owner };
    }
    if (loaded.owner !== owner) await loaded.sequence.clearHistory();
    loaded.owner = owner;
    return loaded;
  }

  async function grammarOf(schema: object): Promise<object | undefined> {
    try {
      return await llama?.createGrammarForJsonSchema(schema);
    } catch {
      // Not every schema has a grammar; the agent checks the answer by the schema itself.
      return llama?.getGrammarFor('json');
    }
  }

  async function answer(
    { file, owner, request, heard }: Asked,
    signal: AbortSignal,
    hear: (text: string) => void,
  ): Promise<Answered> {
    const { sequence, chat, context } = await load(file, owner);
    const before = sequence.tokenMeter.getState();
    const { tools, responseSchema, temperature, topP, seed, stop, maxOutputTokens } = request;
    const said = await chat.generateResponse(chatHistory(request.messages), {
      signal,
      temperature,
      maxTokens: maxOutputTokens,
      ...(topP !== undefined && { topP }),
      ...(seed !== undefined && { seed }),
      ...(stop && stop.length > 0 && { customStopTriggers: stop }),
      ...(heard && { onTextChunk: hear }),
      contextShift: {
        strategy() {
          throw new TooLong(`${context.contextSize}`);
        },
      },
      ...(tools.length > 0
        ? { functions: functionsOf(tools), maxParallelFunctionCalls: 8 }
        : responseSchema && { grammar: await grammarOf(responseSchema) }),
    });
    const used = sequence.tokenMeter.diff(before);
    const inputTokens = Math.max(used.usedInputTokens, sequence.contextTokens.length - used.usedOutputTokens);
    const cached = inputTokens - used.usedInputTokens;
    const turn = request.messages.filter(({ role }) => role === 'assistant').length + 1;
    const toolCalls = (said.functionCalls ?? []).map(({ functionName: name, params }, index) => ({
      id: `call-${turn}-${index + 1}`,
      name,
      arguments: (params ?? {}) as JsonObject,
    }));
    return {
      ok: true,
      value: {
        text: said.response,
        toolCalls,
        finish:
          toolCalls.length > 0 ? 'toolCalls' : said.metadata.stopReason === 'maxTokens' ? 'length' : 'stop',
        inputTokens,
        ...(cached > 0 && { cachedInputTokens: cached }),
        outputTokens: used.usedOutputTokens,
      },
    };
  }

  return async (asked: Asked, signal: AbortSignal, hear: (text: string) => void): Promise<Answered> => {
    const { name, size } = asked.file;
    const refused = (code: 'MODEL_REFUSED' | 'MODEL_TIMEOUT', message: string): Answered => ({
      ok: false,
      failure: { code, message, retryable: code === 'MODEL_TIMEOUT' },
    });
    const megabytes = Math.ceil(size / 1_000_000);
    if (megabytes > memory) {
      return refused(
        'MODEL_REFUSED',
        `Expected a model of up to ${memory} MB (LOCAL_MEMORY), but the file of '${name}' has ${megabytes} MB`,
      );
    }
    try {
      return await answer(asked, signal, hear);
    } catch (error) {
      if (signal.aborted)
        return refused('MODEL_TIMEOUT', `Expected '${name}' to be waited for, but it was not`);
      if (error instanceof TooLong)
        return refused(
          'MODEL_REFUSED',
          `Expected a conversation of up to ${error.message} tokens for '${name}', but it is longer`,
        );
      // What it began to load is not to be used.
      if (loaded?.path !== asked.file.path) loaded = undefined;
      const reason = [error instanceof Error ? error.message : String(error), complaint];
      const told = reason.filter(Boolean).join('; ').slice(0, 300);
      return refused('MODEL_REFUSED', `Expected an answer of '${name}', but: ${told}`);
    }
  };
}

const functionsOf = (tools: ModelRequest['tools']) =>
  Object.fromEntries(
    tools.map(({ name, description, parameters: params }) => [name, { description, params }]),
  );

/** What was said, as the library takes it: results of tools stand with their calls. */
export function chatHistory(messages: readonly ModelMessage[]): ChatItem[] {
  const results = new Map(
    messages.flatMap((message) => (message.role === 'tool' ? [[message.toolCallId, message.text]] : [])),
  );
  return messages.flatMap((message): ChatItem[] => {
    if (message.role === 'tool') return [];
    if (message.role !== 'assistant') return [{ type: message.role, text: message.text }];
    const calls = message.toolCalls.map(
      ({ id, name, arguments: params }): ChatCall => ({
        type: 'functionCall',
        name,
        params,
        result: results.get(id) ?? '',
      }),
    );
    return [{ type: 'model', response: [...(message.text ? [message.text] : []), ...calls] }];
  });
}

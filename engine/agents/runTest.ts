import type { ModelProvider, ModelRequest, ModelResponse } from '@baton/engine/llm';
import {
  type AskedQuestion,
  type CallLog,
  type CallRecord,
  type ConversationKey,
  type ConversationMessage,
  type ConversationStore,
  ok,
  type QuestionStore,
  type RunEvent,
} from '@baton/engine/protocol';
import { noCapabilities, type ToolDefinition } from '@baton/tools-registry/contract';
import type { AgentDefinition, AgentRun, AgentRunResult, RunDependencies } from './index.ts';
import { createQuestions, runAgent } from './index.ts';

/** A call log that lives as long as a test. */
export function memoryCallLog(): CallLog & { records: CallRecord[] } {
  const records: CallRecord[] = [];
  return {
    records,
    append: async (record) => void records.push(structuredClone(record)),
    find: async (tenantId, elementInstanceKey, sequence, hash) =>
      records.findLast(
        (record) =>
          record.tenantId === tenantId &&
          record.elementInstanceKey === elementInstanceKey &&
          record.sequence === sequence &&
          record.requestHash === hash,
      ),
    ofElement: async (tenantId, elementInstanceKey) =>
      records
        .filter((record) => record.tenantId === tenantId && record.elementInstanceKey === elementInstanceKey)
        .sort((a, b) => a.sequence - b.sequence),
    list: async (tenantId, processInstanceKey) =>
      records.filter(
        (record) => record.tenantId === tenantId && record.processInstanceKey === processInstanceKey,
      ),
  };
}

/** Conversations that live as long as a test. */
export function memoryConversations(): ConversationStore {
  const all = new Map<string, { messages: ConversationMessage[]; expiresAt: number; owner?: string }>();
  const of = (key: ConversationKey) => JSON.stringify([key.tenantId, key.agentId, key.id]);
  return {
    async take(key, owner, now) {
      const found = all.get(of(key));
      if (found?.owner !== undefined && found.owner !== owner) return undefined;
      const messages = found && found.expiresAt > now ? found.messages : [];
      all.set(of(key), { messages, expiresAt: found?.expiresAt ?? Number.POSITIVE_INFINITY, owner });
      return messages;
    },
    async keep(key, owner, messages, expiresAt) {
      if (all.get(of(key))?.owner === owner) all.set(of(key), { messages: [...messages], expiresAt });
    },
    async release(key, owner) {
      const found = all.get(of(key));
      if (found?.owner === owner) delete found.owner;
    },
  };
}

/** Questions that live as long as a test. */
export function memoryQuestions(): QuestionStore & { asked: AskedQuestion[] } {
  let asked: AskedQuestion[] = [];
  const asleep = new Map<string, string>();
  const find = (tenantId: string, id: string) =>
    asked.find((each) => each.tenantId === tenantId && each.question.id === id);
  return {
    get asked() {
      return asked;
    },
    async add(question) {
      if (!find(question.tenantId, question.question.id)) asked.push(structuredClone(question));
    },
    get: async (tenantId, id) => structuredClone(find(tenantId, id)),
    ofElement: async (tenantId, key) =>
      structuredClone(asked.filter((each) => each.tenantId === tenantId && each.elementInstanceKey === key)),
    touchedBy: async (tenantId, keys) =>
      asked.filter(
        (each) =>
          each.tenantId === tenantId &&
          [each.elementInstanceKey, each.processInstanceKey, each.askedBy].some((key) => keys.includes(key)),
      ),
    all: async (tenantId) => asked.filter((each) => each.tenantId === tenantId),
    async begin(tenantId, id, askedBy) {
      const found = find(tenantId, id);
      if (!found || (found.askedBy !== '' && found.askedBy !== askedBy)) return false;
      found.askedBy = askedBy;
      return true;
    },
    async answer(tenantId, id, answer) {
      const found = find(tenantId, id);
      if (!found || found.answer) return false;
      found.answer = answer;
      return true;
    },
    async remove(tenantId, id) {
      const found = find(tenantId, id);
      asked = asked.filter((each) => each !== found);
      return found;
    },
    sleep: async (tenantId, key, jobKey) => void asleep.set(`${tenantId}/${key}`, jobKey),
    wake: async (tenantId, key) => asleep.delete(`${tenantId}/${key}`),
    sleeping: async (tenantId) =>
      [...asleep]
        .map(([key, jobKey]) => ({ elementInstanceKey: key.slice(tenantId.length + 1), jobKey }))
        .filter(({ elementInstanceKey }) => asleep.has(`${tenantId}/${elementInstanceKey}`)),
  };
}

/** Asks nobody but the store, and notes what the engine was told. */
export function noQuestions(store: QuestionStore = memoryQuestions()) {
  const told: string[] = [];
  const listeners = new Set<(id: string | undefined) => void>();
  const questions = createQuestions({
    store,
    engine: {
      commands: {
        publishMessage: async (_tenantId, { messageId }) => {
          told.push(`ask ${messageId}`);
          return ok({ key: '1' });
        },
        cancelInstance: async (key) => {
          told.push(`cancel ${key}`);
          return ok();
        },
      },
      jobs: {
        updateTimeout: async (jobKey, timeout) => {
          told.push(`keep ${jobKey} ${timeout}`);
          return ok();
        },
      },
    },
    news: {
      publish: async (_tenantId, id) => listeners.forEach((heard) => void heard(id)),
      subscribe: (heard) => {
        listeners.add(heard);
        return () => void listeners.delete(heard);
      },
    },
  });
  return { ...questions, told };
}

export const blankAgent: AgentDefinition = {
  name: 'triage',
  description: '',
  provider: 'scripted',
  model: 'm-1',
  systemPrompt: 'You sort messages.',
  userPrompt: '{{message}}',
  parameters: { temperature: 0, stop: [] },
  tools: [],
  memory: { kind: 'none', keep: 'P30D', messages: 20 },
  context: { overflow: 'trim' },
  fallbacks: [],
  limits: {
    maxModelCalls: 4,
    maxToolCalls: 100,
    maxRepeats: 5,
    maxIdleLoops: 3,
    maxTokens: 10_000,
    timeout: 1_000,
    maxDuration: 10_000,
  },
};

export const orderLookup: ToolDefinition = {
  name: 'order-lookup',
  description: 'Looks up an order',
  input: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
  output: {},
  source: '',
  sideEffect: false,
  egress: false,
  approval: 'never',
  capabilities: noCapabilities,
  limits: { timeout: 100, memory: 1_000_000 },
};

export function says(response: Partial<ModelResponse>): ModelResponse {
  return { text: '', toolCalls: [], finish: 'stop', inputTokens: 10, outputTokens: 5, ...response };
}

export interface Scripted {
  asked: ModelRequest[];
  answers: ModelResponse[];
  calls: ReturnType<typeof memoryCallLog>;
  dependencies: RunDependencies & { provider: ModelProvider };
  /** Moves the clock, and calls what is due. */
  pass(ms: number): void;
  run(
    ask?: Partial<AgentRun>,
    signal?: AbortSignal,
    events?: RunEvent[],
  ): Promise<AgentRunResult & { events: RunEvent[] }>;
}

/** An agent with a model that answers by a script, and all it needs. */
export function scripted(changes: Partial<AgentDefinition> = {}): Scripted {
  const definition = { ...blankAgent, ...changes };
  const asked: ModelRequest[] = [];
  const answers: ModelResponse[] = [];
  const timers = new Set<{ at: number; call: () => void }>();
  const calls = memoryCallLog();
  let clock = 1_000;
  const provider: ModelProvider = {
    name: 'scripted',
    async generate(request, _signal, heard) {
      asked.push(structuredClone(request));
      const next = answers.shift();
      if (!next) throw new Error('the script has no more answers');
      for (const text of next.text.match(/\S+\s*/g) ?? []) heard?.({ text });
      return ok(next);
    },
  };
  const dependencies: RunDependencies & { provider: ModelProvider } = {
    provider,
    catalog: {
      agent: async () => ({ id: 'a-1', definition, version: 4 }),
      task: async () => undefined,
      prompt: async () => undefined,
      policy: async () => undefined,
    },
    tools: {
      catalog: {
        get: async (_tenantId, name) =>
          name === 'order-lookup'
            ? { id: 't', definition: orderLookup, version: 2, origin: { kind: 'saved' } }
            : undefined,
        list: async () => [],
      },
      invoker: { call: async () => ({ ok: true, value: { status: 'late' }, version: 2, logs: [] }) },
    },
    calls,
    models: { provider: async () => dependencies.provider, secrets: async () => [] },
    conversations: memoryConversations(),
    questions: noQuestions(),
    world: {
      now: () => clock++,
      newId: () => `call-${clock}`,
      schedule(ms, call) {
        const timer = { at: clock + ms, call };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
  };
  return {
    asked,
    answers,
    calls,
    dependencies,
    pass(ms) {
      clock += ms;
      for (const timer of [...timers]) if (timer.at <= clock && timers.delete(timer)) timer.call();
    },
    async run(
      ask: Partial<AgentRun> = {},
      signal: AbortSignal = new AbortController().signal,
      events: RunEvent[] | undefined = [],
    ) {
      const id = ask.owner?.elementInstanceKey ?? 'run-1';
      const owner = {
        tenantId: 'acme',
        processInstanceKey: id,
        elementInstanceKey: id,
        elementId: '',
        jobKey: '',
      };
      const agent = { id: 'a-1', definition, version: 4 };
      const run = { agent, task: undefined, variables: { message: 'Where is it?' }, owner, ...ask };
      const ran = await runAgent(run, dependencies, signal, (event) => events.push(event));
      return { ...ran, events };
    },
  };
}

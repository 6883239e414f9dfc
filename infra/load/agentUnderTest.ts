import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { type AgentRunResult, createQuestions, type RunDependencies, runAgent } from '@baton/engine/agents';
import type { ModelProvider } from '@baton/engine/llm';
import { type CallRecord, failed, type JsonObject, type JsonValue } from '@baton/engine/protocol';
import { agentContent, policyContent } from '@baton/gateway/api';
import type { DocumentStore } from '@baton/infra/store';
import { agentCatalog } from '../start/catalogs.ts';
import { toolCatalog } from '../start/toolCatalog.ts';

export const TENANT = 'bench';

/** What a run asks and does, in place of a model and its tools. */
export interface Outside {
  provider: ModelProvider;
  call(tool: string, given: JsonObject): Promise<JsonValue>;
}

export interface AgentUnderTest {
  /** The same id again goes on with the same run from its record. */
  run(id: string, message: string, begun?: CallRecord): Promise<AgentRunResult>;
}

const policy = {
  kind: 'guardrail',
  description: 'What is looked at everywhere',
  checks: [
    { check: 'secrets', places: ['input', 'output', 'toolArguments', 'toolResult'], action: 'mask' },
    { check: 'length', places: ['input', 'output'], maxCharacters: 100_000, action: 'block' },
  ],
};

const lookup = {
  description: 'Looks up an order',
  input: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
  output: {},
  source: '',
};

const agent = {
  provider: 'mock',
  model: 'mock-1',
  systemPrompt: 'You sort messages to the support desk of a shop. '.repeat(20),
  userPrompt: 'A customer writes: {{message}}',
  tools: ['order-lookup', 'refund'],
  guardrails: 'house',
  limits: {
    maxModelCalls: 100,
    maxToolCalls: 1_000,
    maxRepeats: 100,
    maxIdleLoops: 100,
    maxTokens: 1_000_000,
    maxCost: 1_000,
  },
};

/** A guarded agent with tools and every limit, over the store as the product opens it; asks nobody and counts for no quota. */
export async function openAgentUnderTest(
  store: DocumentStore,
  { provider, call }: Outside,
): Promise<AgentUnderTest> {
  const saved = { author: 'bench', message: '', at: new Date() };
  const save = (kind: 'agent' | 'policy' | 'tool', name: string, content: unknown) =>
    store.resources.create(TENANT, kind, name, { name, content, ...saved });
  await save('policy', 'house', policyContent.parse(policy));
  await save('tool', 'order-lookup', lookup);
  await save('tool', 'refund', lookup);
  await save('agent', 'desk', agentContent.parse(agent));

  const refused = async () =>
    failed({ code: 'UNAVAILABLE' as const, message: 'Expected nobody to be asked' });
  const catalog = agentCatalog(store.resources);
  const dependencies: RunDependencies = {
    catalog,
    tools: {
      catalog: toolCatalog(store.resources),
      invoker: {
        call: async ({ name, arguments: given, version }) => ({
          ok: true,
          value: await call(name, given as JsonObject),
          version: version ?? 1,
          logs: [],
        }),
      },
    },
    calls: store.calls,
    models: { provider: async () => provider, secrets: async () => ['a key that nobody says'] },
    conversations: store.conversations,
    questions: createQuestions({
      store: store.questions,
      engine: {
        commands: { publishMessage: refused, cancelInstance: refused },
        jobs: { updateTimeout: refused },
      },
      news: { publish: async () => {}, subscribe: () => () => {} },
    }),
    world: {
      now: Date.now,
      newId: randomUUID,
      schedule(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    },
  };
  const never = new AbortController().signal;
  setMaxListeners(0, never);
  const desk = await catalog.agent(TENANT, 'desk', undefined);
  if (!desk) throw new Error('Expected the agent to be saved, but it is not there');
  return {
    run: (id, message, begun) =>
      runAgent(
        {
          agent: desk,
          task: undefined,
          variables: { message },
          owner: {
            tenantId: TENANT,
            processInstanceKey: id,
            elementInstanceKey: id,
            elementId: 'Ask',
            jobKey: id,
          },
          ...(begun && { begun }),
        },
        dependencies,
        never,
      ),
  };
}

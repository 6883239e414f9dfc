import { createAgentHandler, type RunDependencies } from '@baton/engine/agents';
import { createMockProvider, type ModelProvider } from '@baton/engine/llm';
import type { CallLog, CallRecord } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import type { AgentRunRequest } from '@baton/gateway';
import { type CatalogTool, readToolDefinition } from '@baton/tools-registry/contract';
import { expect, it } from 'vitest';
import { createAgentRuns } from './agentRuns.ts';

const recorded: CallRecord[] = [];
const calls: CallLog = {
  async append(record) {
    recorded.push(record);
  },
  find: async () => undefined,
  ofElement: async () => [],
  list: async (tenantId, runId) =>
    recorded.filter((call) => call.tenantId === tenantId && call.processInstanceKey === runId),
};
const asked: string[] = [];
const mock = createMockProvider({ wait: async () => {}, latency: 0 });
let count = 0;
const watched: ModelProvider = {
  name: 'mock',
  generate(asking, aborted, heard) {
    asked.push(asking.messages.at(-1)!.text);
    return mock.generate(asking, aborted, heard);
  },
};
const task = {
  name: 'classify',
  requestSchema: {},
  responseSchema: { type: 'object', properties: { mood: { enum: ['calm', 'angry'] } }, required: ['mood'] },
};
const content: AgentRunRequest['agent']['content'] = {
  description: '',
  provider: 'mock',
  model: 'mock-1',
  systemPrompt: 'Greet.',
  userPrompt: '',
  parameters: { temperature: 0, stop: [] },
  tools: [],
  memory: { kind: 'none', keep: 'P30D', messages: 20 },
  context: { overflow: 'trim' },
  fallbacks: [],
  limits: {
    maxModelCalls: 3,
    maxToolCalls: 100,
    maxRepeats: 5,
    maxIdleLoops: 3,
    maxTokens: 1_000,
    timeout: 1_000,
    maxDuration: 5_000,
  },
};
const dependencies: RunDependencies = {
  catalog: {
    agent: async (_tenantId, name) => ({ id: 'a-1', definition: { ...content, name }, version: 3 }),
    task: async () => ({ definition: task, version: 2 }),
    prompt: async () => undefined,
    policy: async () => undefined,
  },
  tools: {
    catalog: { get: async () => undefined, list: async () => [] },
    invoker: { call: () => Promise.reject(new Error('no tool is offered')) },
  },
  calls,
  models: {
    provider: async (_tenantId, name) => (name === 'mock' ? watched : undefined),
    secrets: async () => [],
  },
  questions: { ofElement: async () => [], withdraw: async () => {} } as never,
  conversations: {
    take: async () => [],
    keep: async () => {},
    release: async () => {},
  },
  world: { now: () => 1_000, newId: () => `call-${++count}`, schedule: () => () => {} },
};
const instancesUsed: string[] = [];
const runs = createAgentRuns({
  ...dependencies,
  instances: {
    async run({ agent, task: name, taskVersion }, work) {
      if (agent !== 'assigned') return undefined;
      instancesUsed.push(`${agent}/${name}@${taskVersion}`);
      return { value: await work({ definition: task, version: 2 }) };
    },
  },
  offered: async () => [{ name: 'mock-1', provider: 'mock' }],
});
const request = (
  runId: string,
  changes: Partial<AgentRunRequest['agent']['content']> = {},
): AgentRunRequest => ({
  tenantId: 'acme',
  runId,
  agent: {
    id: 'a-1',
    name: 'greeter',
    version: 3,
    content: { ...content, ...changes },
  },
  task: undefined,
  input: undefined,
  conversation: undefined,
  prompt: 'Hello there',
});
const signal = new AbortController().signal;

it('asks the model of the agent, records the call under the run, and says what it used', async () => {
  const { result, usage } = await runs.run(request('run-1'), signal);
  expect(result).toEqual({ ok: true, value: { text: expect.stringContaining('Hello there') } });
  const [call] = await calls.list('acme', 'run-1');
  expect(call).toMatchObject({
    kind: 'model',
    name: 'greeter',
    version: 3,
    model: 'mock/mock-1',
    error: null,
  });
  expect(usage).toEqual(call!.usage);
  expect(usage.inputTokens).toBeGreaterThan(0);
});

it('puts the prompt where the agent’s own template says, or after it', async () => {
  asked.length = 0;
  await runs.run(request('run-2'), signal);
  await runs.run(request('run-3', { userPrompt: 'They said: {{ prompt }}!' }), signal);
  await runs.run(request('run-4', { userPrompt: 'Be kind.' }), signal);
  expect(asked).toEqual(['Hello there', 'They said: Hello there!', 'Be kind.\n\nHello there']);
});

it('ends at the agent’s own limits, and when its provider is not set up', async () => {
  const spent = await runs.run(
    request('run-5', {
      limits: {
        maxModelCalls: 0,
        maxToolCalls: 100,
        maxRepeats: 5,
        maxIdleLoops: 3,
        maxTokens: 1,
        timeout: 1,
        maxDuration: 1_000,
      },
    }),
    signal,
  );
  expect(spent).toMatchObject({
    result: { ok: false, failure: { code: 'BUDGET_EXCEEDED' } },
    usage: { inputTokens: 0, outputTokens: 0 },
  });
  const away = await runs.run(request('run-6', { provider: 'elsewhere' }), signal);
  expect(away.result).toMatchObject({ ok: false, failure: { code: 'MODEL_UNAVAILABLE' } });
});

it('records the same calls for the same input as a job of a process does', async () => {
  const input = { message: 'This is terrible, I am angry', orderId: 'HP-1' };
  const asRun = { ...request('run-7'), prompt: '', input, task: { ...task, version: 2 } };
  const ran = await runs.run(asRun, signal, () => {});

  const job: Job = {
    key: '7',
    type: 'agent',
    tenantId: 'acme',
    processInstanceKey: '70',
    processDefinitionKey: '2',
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    bpmnProcessId: 'p',
    elementId: 'Classify',
    elementInstanceKey: '71',
    headers: { agent: 'greeter', task: 'classify' },
    variables: input,
    retries: 3,
    deadline: 0,
  };
  const handled = await createAgentHandler(dependencies)(job, signal);

  expect(handled).toEqual({ kind: 'complete', variables: { mood: 'angry' } });
  expect(ran.result).toEqual({ ok: true, value: { mood: 'angry' } });
  const ofWhat = ({ requestHash, request, response, name, version, model, usage }: CallRecord) => ({
    ...{ requestHash, request, response, name, version, model, usage },
  });
  const [asJob, onItsOwn] = [await calls.list('acme', '70'), await calls.list('acme', 'run-7')];
  expect(asJob).toHaveLength(1);
  expect(asJob.map(ofWhat)).toEqual(onItsOwn.map(ofWhat));
});

it('keeps of a prompt what the agent’s guardrails let pass, and nothing where they are gone', async () => {
  const key = `sk-proj-${'a1'.repeat(12)}`;
  const checks = [{ check: 'secrets', places: ['input'], action: 'mask' }] as const;
  const { kept } = createAgentRuns({
    ...dependencies,
    catalog: {
      ...dependencies.catalog,
      policy: async (_tenantId, name) =>
        name === 'house' ? { definition: { name, checks }, version: 1 } : undefined,
    },
    offered: async () => [],
    instances: { run: async () => undefined },
  });
  const asked = (guardrails?: string) => ({
    ...request('run-8', { guardrails }),
    prompt: `Use ${key}`,
    input: { key },
  });
  expect(await kept(asked('house'))).toEqual({ prompt: 'Use •••', input: { key: '•••' } });
  expect(await kept(asked('gone'))).toEqual({ prompt: '•••', input: undefined });
  expect(await kept(asked())).toEqual({ prompt: 'Use •••', input: { key: '•••' } });
});

it('works in the instance of the assignment when the agent has the task, else on its own', async () => {
  const classify = { ...task, version: 2 };
  const alone = request('run-5');
  const assigned = { ...alone, runId: 'run-6', agent: { ...alone.agent, name: 'assigned' } };

  expect((await runs.run({ ...alone, task: classify }, signal)).result.ok).toBe(true);
  expect(instancesUsed).toEqual([]);
  expect((await runs.run({ ...assigned, task: classify }, signal)).result.ok).toBe(true);
  expect(instancesUsed).toEqual(['assigned/classify@2']);
});

it('calls tools for whoever asked, with their own access to the servers of the tools', async () => {
  const lookup: CatalogTool = {
    id: 't-1',
    definition: readToolDefinition({
      name: 'order-lookup',
      description: 'Looks up an order',
      input: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
    }),
    version: 1,
    origin: { kind: 'saved' },
  };
  const calledFor: unknown[] = [];
  const withTools = createAgentRuns({
    ...dependencies,
    tools: {
      catalog: { get: async () => lookup, list: async () => [lookup] },
      invoker: {
        async call({ user }) {
          calledFor.push(user);
          return { ok: true, value: {}, version: 1, logs: [] };
        },
      },
    },
    instances: { run: async () => undefined },
    offered: async () => [],
  });
  const asks = { tools: ['order-lookup'], userPrompt: 'Look up the order: {"orderId": "HP-1"}' };
  await withTools.run({ ...request('run-of-ada', asks), prompt: '', user: 'user:ada' }, signal);
  await withTools.run({ ...request('run-of-nobody', asks), prompt: '' }, signal);
  expect(calledFor).toEqual(['user:ada', undefined]);
});

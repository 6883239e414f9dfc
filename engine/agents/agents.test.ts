import type { ModelProvider, ModelRequest, ModelResponse } from '@baton/engine/llm';
import { failed, ok } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import type { ToolInvoker } from '@baton/tools-registry/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AgentDefinition, createAgentHandler, createToolHandler, type TaskDefinition } from './index.ts';
import { memoryCallLog, memoryConversations, noQuestions, orderLookup, says } from './runTest.ts';

const signal = new AbortController().signal;

const agent: AgentDefinition = {
  name: 'triage',
  description: '',
  provider: 'scripted',
  model: 'm-1',
  systemPrompt: 'You sort messages.',
  userPrompt: 'From {{customer.name}}: {{message}}',
  parameters: { temperature: 0, stop: [] },
  tools: ['order-lookup'],
  memory: { kind: 'none', keep: 'P30D', messages: 20 },
  context: { overflow: 'trim' },
  fallbacks: [],
  limits: {
    maxModelCalls: 4,
    maxToolCalls: 100,
    maxRepeats: 5,
    maxIdleLoops: 3,
    maxTokens: 1_000,
    timeout: 1_000,
    maxDuration: 10_000,
  },
};

const task: TaskDefinition = {
  name: 'classify',
  requestSchema: { type: 'object' },
  responseSchema: { type: 'object', properties: { mood: { enum: ['angry', 'calm'] } }, required: ['mood'] },
};

function job(
  headers: Job['headers'],
  variables: Job['variables'] = { message: 'Where is it?', customer: { name: 'Eva' } },
): Job {
  return {
    key: '7',
    type: 'agent',
    tenantId: 'acme',
    processInstanceKey: '1',
    processDefinitionKey: '2',
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    bpmnProcessId: 'p',
    elementId: 'Classify',
    elementInstanceKey: '3',
    headers,
    variables,
    retries: 3,
    deadline: 0,
  };
}

describe('an agent at work on a job', () => {
  let asked: ModelRequest[];
  let toolCalls: unknown[];
  let answers: ModelResponse[];
  let log: ReturnType<typeof memoryCallLog>;
  /** Versions of the task, the first one first. */
  let tasks: { definition: TaskDefinition; version: number }[];
  let published: { id: string; definition: AgentDefinition; version: number };
  let clock: number;

  beforeEach(() => {
    asked = [];
    toolCalls = [];
    answers = [];
    log = memoryCallLog();
    tasks = [{ definition: task, version: 1 }];
    published = { id: 'a-1', definition: agent, version: 4 };
    clock = 1_000;
  });

  const invoker: ToolInvoker = {
    call: async (call) => {
      toolCalls.push(call.arguments);
      return { ok: true, value: { status: 'late' }, version: 2, logs: [] };
    },
  };

  function dependencies(provider?: ModelProvider) {
    const scripted: ModelProvider = {
      name: 'scripted',
      generate: async (request) => {
        asked.push(structuredClone(request));
        const next = answers.shift();
        if (!next) throw new Error('the script has no more answers');
        return ok(next);
      },
    };
    return {
      catalog: {
        agent: async (tenantId: string, name: string) =>
          tenantId === 'acme' && name === 'triage' ? published : undefined,
        task: async (_tenantId: string, name: string, version: number | undefined) =>
          name === 'classify' ? tasks.at((version ?? 0) - 1) : undefined,
        prompt: async () => undefined,
        policy: async () => undefined,
      },
      tools: {
        catalog: {
          get: async (_tenantId: string, name: string) =>
            name === 'order-lookup'
              ? { id: 't', definition: orderLookup, version: 2, origin: { kind: 'saved' as const } }
              : undefined,
          list: async () => [],
        },
        invoker,
      },
      calls: log,
      models: {
        provider: async (tenantId: string, name: string) =>
          tenantId === 'acme' && name === 'scripted' ? (provider ?? scripted) : undefined,
        secrets: async () => [],
      },
      conversations: memoryConversations(),
      questions: noQuestions(),
      world: { now: () => clock++, newId: () => `call-${clock}`, schedule: () => () => {} },
    };
  }

  it('asks with the filled prompt and completes with the checked answer', async () => {
    answers = [says({ text: '{"mood":"angry"}' })];

    const outcome = await createAgentHandler(dependencies())(
      job({ agent: 'triage', task: 'classify', resultVariable: 'triage' }),
      signal,
    );

    expect(outcome).toEqual({ kind: 'complete', variables: { triage: { mood: 'angry' } } });
    expect(asked[0]?.messages).toEqual([
      { role: 'system', text: 'You sort messages.' },
      { role: 'user', text: 'From Eva: Where is it?' },
    ]);
  });

  it('calls the tools the model asks for and tells it the results', async () => {
    answers = [
      says({
        toolCalls: [{ id: 'a', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
        finish: 'toolCalls',
      }),
      says({ text: '{"mood":"calm"}' }),
    ];

    await createAgentHandler(dependencies())(job({ agent: 'triage', task: 'classify' }), signal);

    expect(toolCalls).toEqual([{ orderId: 'HP-1' }]);
    expect(asked[1]?.messages.at(-1)).toEqual({
      role: 'tool',
      toolCallId: 'a',
      toolName: 'order-lookup',
      text: '{"status":"late"}',
    });
    expect(log.records.map(({ kind, name, version, sequence }) => [kind, name, version, sequence])).toEqual([
      ['model', 'triage', 4, 1],
      ['tool', 'order-lookup', 2, 2],
      ['model', 'triage', 4, 3],
    ]);
  });

  it('has every call on record before it uses the answer, and repeats none after a crash', async () => {
    answers = [
      says({
        toolCalls: [{ id: 'a', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
        finish: 'toolCalls',
      }),
    ];
    await expect(
      createAgentHandler(dependencies())(job({ agent: 'triage', task: 'classify' }), signal),
    ).rejects.toThrow();
    const paidBefore = log.records.length;

    answers = [says({ text: '{"mood":"calm"}' })];
    const outcome = await createAgentHandler(dependencies())(
      job({ agent: 'triage', task: 'classify' }),
      signal,
    );

    expect(paidBefore).toBe(2);
    expect(outcome).toEqual({ kind: 'complete', variables: { mood: 'calm' } });
    expect([asked.length, toolCalls.length]).toEqual([3, 1]);
  });

  it('goes on after a crash with the contract it began with, whatever the task has become', async () => {
    answers = [says({ toolCalls: [{ id: 'a', name: 'order-lookup', arguments: {} }], finish: 'toolCalls' })];
    const at = job({ agent: 'triage', task: 'classify' });
    await expect(createAgentHandler(dependencies())(at, signal)).rejects.toThrow();

    tasks.push({ definition: { ...task, responseSchema: { required: ['newer'] } }, version: 2 });
    answers = [says({ text: '{"mood":"calm"}' })];
    const outcome = await createAgentHandler(dependencies())(at, signal);

    expect(outcome).toEqual({ kind: 'complete', variables: { mood: 'calm' } });
    expect(asked.at(-1)?.responseSchema).toEqual(task.responseSchema);
  });

  it('sends an answer that breaks its contract back once, then raises an incident that says what is wrong', async () => {
    answers = [says({ text: '{"mood":"happy"}' }), says({ text: 'I feel fine' })];

    const outcome = await createAgentHandler(dependencies())(
      job({ agent: 'triage', task: 'classify' }),
      signal,
    );

    expect(asked).toHaveLength(2);
    expect(outcome).toEqual({
      kind: 'fail',
      retries: 0,
      message: 'AGENT_ANSWER_INVALID: Expected the answer to be JSON, but it is: I feel fine',
    });
  });

  it('tells in the incident what was expected, where, and what came', async () => {
    answers = [says({ text: '{"mood":"happy"}' }), says({ text: '{"mood":"glad"}' })];
    const outcome = await createAgentHandler(dependencies())(
      job({ agent: 'triage', task: 'classify' }),
      signal,
    );
    expect(outcome).toEqual({
      kind: 'fail',
      retries: 0,
      message:
        'AGENT_ANSWER_INVALID: Expected \'/mood\' to be "angry" or "calm", but it is the text "glad"\n' +
        'It answered: {"mood":"glad"}',
    });
  });

  it('raises a BPMN error of its own for an agent that goes round in circles, with what it said', async () => {
    published.definition = { ...agent, limits: { ...agent.limits, maxModelCalls: 50, maxTokens: 50_000 } };
    answers = Array.from({ length: 9 }, (_, index) =>
      says({
        text: 'Once more.',
        toolCalls: [{ id: `c${index}`, name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
      }),
    );
    const outcome = await createAgentHandler(dependencies())(
      job({ agent: 'triage', resultVariable: 'triage' }),
      signal,
    );
    expect(outcome).toMatchObject({
      kind: 'bpmnError',
      code: 'AGENT_LOOP',
      variables: { triage: { text: 'Once more.' } },
    });
    expect(asked).toHaveLength(5);
  });

  it('ends an agent that never stops calling as BUDGET_EXCEEDED', async () => {
    answers = Array.from({ length: 9 }, (_, index) =>
      says({ toolCalls: [{ id: `c${index}`, name: 'order-lookup', arguments: { orderId: `HP-${index}` } }] }),
    );

    const outcome = await createAgentHandler(dependencies())(job({ agent: 'triage' }), signal);

    expect(outcome).toMatchObject({ kind: 'bpmnError', code: 'BUDGET_EXCEEDED' });
    expect(asked).toHaveLength(4);
  });

  it('hands what there is of an answer over with the limit it reached', async () => {
    answers = [says({ text: 'It is', finish: 'length' })];

    const outcome = await createAgentHandler(dependencies())(
      job({ agent: 'triage', resultVariable: 'answer' }),
      signal,
    );

    expect(outcome).toMatchObject({
      kind: 'bpmnError',
      code: 'BUDGET_EXCEEDED',
      variables: { answer: { text: 'It is' } },
    });
  });

  it('raises the violation of a policy as a BPMN error', async () => {
    published = { ...published, definition: { ...agent, guardrails: 'short' } };
    answers = [says({ text: 'A long answer' })];
    const given = dependencies();
    const checks = [{ check: 'length', places: ['output'], maxCharacters: 5, action: 'block' }] as const;
    const policy = { definition: { name: 'short', checks }, version: 1 };

    const outcome = await createAgentHandler({
      ...given,
      catalog: { ...given.catalog, policy: async () => policy },
    })(job({ agent: 'triage' }), signal);

    expect(outcome).toEqual({
      kind: 'bpmnError',
      code: 'GUARDRAIL_VIOLATION',
      message: 'Expected at most 5 characters, but there are 13 (output, policy short)',
    });
  });

  it('tries again later when the provider is away', async () => {
    const away: ModelProvider = {
      name: 'scripted',
      generate: async () =>
        failed({ code: 'MODEL_UNAVAILABLE', message: 'Expected an answer, but got none', retryable: true }),
    };

    const outcome = await createAgentHandler(dependencies(away))(job({ agent: 'triage' }), signal);

    expect(outcome).toEqual({
      kind: 'fail',
      message: 'MODEL_UNAVAILABLE: Expected an answer, but got none',
      backoff: 2_000,
    });
    expect(log.records[0]?.error?.code).toBe('MODEL_UNAVAILABLE');
  });

  it.each([
    [{}, 'AGENT_NOT_NAMED'],
    [{ agent: 'nobody' }, 'AGENT_NOT_FOUND'],
    [{ agent: 'triage', task: 'nothing' }, 'TASK_NOT_FOUND'],
  ])('raises an incident for headers %o', async (headers: Record<string, string>, code) => {
    const outcome = await createAgentHandler(dependencies())(job(headers), signal);

    expect(outcome).toMatchObject({ kind: 'fail', retries: 0, message: expect.stringContaining(code) });
  });

  it('lets a process call a tool itself, with the variables that its input names', async () => {
    const outcome = await createToolHandler(dependencies())(
      job({ tool: 'order-lookup', resultVariable: 'order' }, { orderId: 'HP-2', other: 1 }),
      signal,
    );

    expect(outcome).toEqual({ kind: 'complete', variables: { order: { status: 'late' } } });
    expect(toolCalls).toEqual([{ orderId: 'HP-2' }]);
  });
});

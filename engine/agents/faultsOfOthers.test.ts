import { failed, ok } from '@baton/engine/protocol';
import type { Job, JobOutcome } from '@baton/engine/worker';
import type { ToolCall, ToolOutcome } from '@baton/tools-registry/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentDefinition, createAgentHandler } from './index.ts';
import { blankAgent, memoryQuestions, noQuestions, orderLookup, says, scripted } from './runTest.ts';

// Each of these was true of another product; each test is named for the fault it would find.

const never = new AbortController().signal;
const { limits } = blankAgent;

const calling = (tool: string, id: string, given: object = {}, text = '') =>
  says({ text, finish: 'toolCalls', toolCalls: [{ id, name: tool, arguments: { orderId: id, ...given } }] });

/** An agent with tools at work on one job of a process, however often the job comes. */
function atWork(changes: Partial<AgentDefinition> = {}) {
  const tools = ['order-lookup', 'refund', 'escalate'];
  const agent = scripted({ tools, ...changes });
  const questions = memoryQuestions();
  const asking = noQuestions(questions);
  const made: ToolCall[] = [];
  /** What a tool ends with, in turn; it is done without. */
  const outcomes: { [tool: string]: ToolOutcome[] } = {};
  Object.assign(agent.dependencies, { questions: asking });
  agent.dependencies.tools = {
    catalog: {
      get: async (_tenantId, name) =>
        tools.includes(name)
          ? { id: name, definition: { ...orderLookup, name }, version: 2, origin: { kind: 'saved' } }
          : undefined,
      list: async () => [],
    },
    invoker: {
      async call(call) {
        made.push(structuredClone(call));
        return outcomes[call.name]?.shift() ?? { ok: true, value: { done: call.name }, version: 2, logs: [] };
      },
    },
  };
  const job: Job = {
    key: '7',
    type: 'agent',
    tenantId: 'acme',
    processInstanceKey: '1',
    processDefinitionKey: '2',
    kind: 'BPMN_ELEMENT',
    listenerEventType: 'UNSPECIFIED',
    bpmnProcessId: 'p',
    elementId: 'Ask',
    elementInstanceKey: '3',
    headers: { agent: 'triage' },
    variables: { message: 'Where is it?' },
    retries: 3,
    deadline: 0,
  };
  return {
    ...agent,
    made,
    outcomes,
    questions,
    /** The job comes, for the first time or again. */
    comes: (given: Partial<Job> = {}): Promise<JobOutcome> =>
      createAgentHandler(agent.dependencies)({ ...job, ...given }, never),
    answer: (answer: Parameters<typeof asking.answer>[2]) =>
      asking.answer('acme', questions.asked[0]!.question.id, answer),
    toolsMade: () => made.map(({ name }) => name),
    /** What the model was told by tools in its latest request. */
    told: () => agent.asked.at(-1)?.messages.flatMap((each) => (each.role === 'tool' ? [each.text] : [])),
  };
}

const approval = (given: object): ToolOutcome => ({
  ok: false,
  version: 2,
  failure: { code: 'TOOL_APPROVAL_REQUIRED', message: 'Expected somebody to approve, but nobody has' },
  question: { id: 'ok', kind: 'approval', message: 'May it?', schema: {}, proposed: given as never },
});
const away = failed({
  code: 'MODEL_UNAVAILABLE' as const,
  message: 'Expected an answer, but the provider is away',
  retryable: true,
});

describe('retry wipes the agent’s context and starts over', () => {
  it('no: it asks what it would have asked next, with all that was said and done before', async () => {
    const agent = atWork();
    const { provider } = agent.dependencies;
    agent.answers.push(calling('order-lookup', 'a', {}, 'I look it up.'));
    let asks = 0;
    agent.dependencies.provider = {
      ...provider,
      generate: async (...request) => (++asks > 1 ? away : provider.generate(...request)),
    };
    expect(await agent.comes()).toMatchObject({ kind: 'fail', backoff: expect.any(Number) });
    agent.dependencies.provider = provider;
    agent.answers.push(says({ text: 'It is late.' }));
    // Even though the job brings other variables, the agent another prompt.
    const saved = await agent.dependencies.catalog.agent('acme', 'triage', undefined);
    agent.dependencies.catalog.agent = async () => ({
      ...saved!,
      definition: { ...saved!.definition, systemPrompt: 'Another.', userPrompt: 'Another {{message}}' },
    });
    expect(await agent.comes({ key: '8', variables: { message: 'Who?' }, retries: 2 })).toEqual({
      kind: 'complete',
      variables: { text: 'It is late.' },
    });
    expect(agent.asked).toHaveLength(2);
    expect(agent.asked[1]?.messages).toEqual([
      { role: 'system', text: 'You sort messages.' },
      { role: 'user', text: 'Where is it?' },
      {
        role: 'assistant',
        text: 'I look it up.',
        toolCalls: [{ id: 'a', name: 'order-lookup', arguments: { orderId: 'a' } }],
      },
      { role: 'tool', toolCallId: 'a', toolName: 'order-lookup', text: '{"done":"order-lookup"}' },
    ]);
    expect(agent.toolsMade()).toEqual(['order-lookup']);
  });

  it('no: nor does it get its budget anew', async () => {
    const agent = atWork({ limits: { ...limits, maxModelCalls: 2 } });
    agent.answers.push(calling('order-lookup', 'a'), calling('order-lookup', 'b'));
    expect(await agent.comes()).toMatchObject({ kind: 'bpmnError', code: 'BUDGET_EXCEEDED' });
    agent.answers.push(says({ text: 'One more.' }));
    expect(await agent.comes({ retries: 2 })).toMatchObject({ kind: 'bpmnError', code: 'BUDGET_EXCEEDED' });
    expect(agent.asked).toHaveLength(2);
  });
});

describe('approved tool not run or its result replaced by the approval', () => {
  it('no: once approved it is run, once, with what was approved, and its result is what the model hears', async () => {
    const agent = atWork();
    agent.answers.push(calling('refund', 'a', { amount: 500 }), says({ text: 'Paid.' }));
    agent.outcomes.refund = [
      approval({ orderId: 'a', amount: 500 }),
      { ok: true, value: { paid: 5 }, version: 2, logs: [] },
    ];
    expect(await agent.comes()).toMatchObject({ kind: 'wait' });
    await agent.answer({ action: 'accept', content: { orderId: 'a', amount: 5 } });
    expect(await agent.comes()).toEqual({ kind: 'complete', variables: { text: 'Paid.' } });

    expect(agent.made.map(({ answers }) => answers)).toEqual([
      undefined,
      { ok: { action: 'accept', content: { orderId: 'a', amount: 5 } } },
    ]);
    expect(agent.told()).toEqual(['{"paid":5}']);
    expect(agent.calls.records.find(({ kind }) => kind === 'tool')).toMatchObject({
      request: { arguments: { amount: 5 } },
      response: { paid: 5 },
      error: null,
    });
  });

  it('no: declined it is not run, and the model hears that, not a result', async () => {
    const agent = atWork();
    agent.answers.push(calling('refund', 'a'), says({ text: 'Then not.' }));
    agent.outcomes.refund = [
      approval({ orderId: 'a' }),
      { ok: false, version: 2, failure: { code: 'TOOL_DECLINED', message: 'Expected a yes, but no' } },
    ];
    await agent.comes();
    await agent.answer({ action: 'decline' });
    await agent.comes();
    expect(agent.made.at(-1)?.answers).toEqual({ ok: { action: 'decline' } });
    expect(agent.told()).toEqual(['TOOL_DECLINED: Expected a yes, but no']);
  });
});

describe('iteration limit reported as success', () => {
  const endless = (agent: ReturnType<typeof atWork>) => {
    agent.answers.push(
      ...Array.from({ length: 60 }, (_, n) => calling('order-lookup', `${n}`, {}, 'Almost there.')),
    );
  };

  it.each<[string, Partial<AgentDefinition['limits']>]>([
    ['model calls', { maxModelCalls: 3 }],
    ['tool calls', { maxToolCalls: 3, maxModelCalls: 50 }],
    ['tokens', { maxTokens: 300, maxModelCalls: 50 }],
    ['money', { maxCost: 0.03, maxModelCalls: 50 }],
  ])('no: %s that are used up are an error of their own, with the partial result', async (_what, limit) => {
    const agent = atWork({ limits: { ...limits, ...limit } });
    agent.dependencies.provider.priceOf = () => ({ input: 100, output: 100 });
    endless(agent);
    expect(await agent.comes({ headers: { agent: 'triage', resultVariable: 'answer' } })).toMatchObject({
      kind: 'bpmnError',
      code: 'BUDGET_EXCEEDED',
      variables: { answer: { text: 'Almost there.' } },
    });
    expect(agent.asked.length).toBeLessThan(8);
    endless(agent);
    // Nor for who asks on request, nor when it is tried again.
    const { result, text } = await agent.run();
    expect([result, text]).toEqual([
      failed(expect.objectContaining({ code: 'BUDGET_EXCEEDED' })),
      'Almost there.',
    ]);
    expect((await agent.run()).result.ok).toBe(false);
  });

  it('no: nor is an answer that was cut, though it would fit its schema', async () => {
    const agent = atWork({ response: { type: 'object' } });
    agent.answers.push(says({ text: '{}', finish: 'length' }));
    expect(await agent.comes()).toMatchObject({ kind: 'bpmnError', code: 'BUDGET_EXCEEDED' });
  });
});

describe('resume after a human re-runs finished steps or takes both branches', () => {
  it('no: what was done is not done again, and the way that was chosen is the only one gone', async () => {
    const agent = atWork();
    agent.answers.push(calling('order-lookup', 'a'), calling('refund', 'b'), says({ text: 'Refunded.' }));
    agent.outcomes.refund = [approval({ orderId: 'b' })];
    expect(await agent.comes()).toMatchObject({ kind: 'wait' });
    await agent.answer({ action: 'accept', content: { orderId: 'b' } });
    // Were it asked again, it would choose the other way.
    const { generate } = agent.dependencies.provider;
    agent.dependencies.provider.generate = async (request, ...rest) =>
      request.messages.some((each) => each.role === 'tool' && each.toolName === 'refund')
        ? generate(request, ...rest)
        : ok(calling('escalate', 'c'));
    expect(await agent.comes()).toEqual({ kind: 'complete', variables: { text: 'Refunded.' } });
    expect(agent.toolsMade()).toEqual(['order-lookup', 'refund', 'refund']);
    expect(agent.asked).toHaveLength(3);
    expect(agent.calls.records.map(({ kind, name, sequence }) => [sequence, kind, name])).toEqual([
      [1, 'model', 'triage'],
      [2, 'tool', 'order-lookup'],
      [3, 'model', 'triage'],
      [4, 'tool', 'refund'],
      [5, 'model', 'triage'],
    ]);
  });

  it('no: nor when the answer wakes it twice, or a crash comes between the answer and its record', async () => {
    const agent = atWork();
    agent.answers.push(calling('order-lookup', 'a'), calling('refund', 'b'));
    agent.outcomes.refund = [approval({ orderId: 'b' })];
    await agent.comes();
    await agent.answer({ action: 'accept', content: { orderId: 'b' } });
    // The script ends here: the process does, right after the tool was called and recorded.
    await expect(agent.comes()).rejects.toThrow('no more answers');
    agent.answers.push(says({ text: 'Refunded.' }));
    expect(await agent.comes()).toMatchObject({ kind: 'complete' });
    expect(await agent.comes()).toMatchObject({ kind: 'complete' });
    expect(agent.toolsMade()).toEqual(['order-lookup', 'refund', 'refund']);
  });
});

describe('spend recorded after the call and never checked before', () => {
  it('no: a call that the budget may not pay for is not made', async () => {
    const agent = atWork({ limits: { ...limits, maxCost: 0.000_01 } });
    agent.dependencies.provider.priceOf = () => ({ input: 100, output: 100 });
    expect(await agent.comes()).toMatchObject({ kind: 'bpmnError', code: 'BUDGET_EXCEEDED' });
    expect(agent.asked).toEqual([]);
  });

  it('no: what a call may answer is bounded by what is left, and what was spent before a crash is spent', async () => {
    const agent = atWork({ limits: { ...limits, maxTokens: 190 } });
    agent.answers.push({ ...calling('order-lookup', 'a'), inputTokens: 10, outputTokens: 20 });
    await expect(agent.comes()).rejects.toThrow('no more answers');
    agent.answers.push({ ...calling('order-lookup', 'b'), inputTokens: 10, outputTokens: 15 });
    expect(await agent.comes()).toMatchObject({ kind: 'bpmnError', code: 'BUDGET_EXCEEDED' });
    for (const { maxOutputTokens } of agent.asked.slice(1)) expect(maxOutputTokens).toBeLessThan(30);
  });
});

describe('conversation of one session in another', () => {
  const tenants = ['acme', 'globex'];
  const agents = ['a-1', 'a-2'];
  const sessions = ['c-1', 'c-2', 'c-1/c-2'];

  it('no: in whatever order sessions of tenants and agents talk, each model hears its own alone', async () => {
    const turn = fc.record({
      tenantId: fc.constantFrom(...tenants),
      id: fc.constantFrom(...agents),
      conversation: fc.constantFrom(...sessions),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 12 }), async (turns) => {
        const { answers, asked, run } = scripted({
          memory: { kind: 'conversation', keep: 'PT1H', messages: 50 },
        });
        const said = new Map<string, string[]>();
        for (const [n, { tenantId, id, conversation }] of turns.entries()) {
          const session = JSON.stringify([tenantId, id, conversation]);
          answers.push(says({ text: `heard ${session} ${n}` }));
          const key = `run-${n}`;
          await run({
            agent: {
              id,
              version: 1,
              definition: { ...blankAgent, memory: { kind: 'conversation', keep: 'PT1H', messages: 50 } },
            },
            conversation,
            variables: { message: `${session} ${n}` },
            owner: {
              tenantId,
              processInstanceKey: key,
              elementInstanceKey: key,
              elementId: '',
              jobKey: '',
            },
          });
          const before = said.get(session) ?? [];
          expect(
            asked
              .at(-1)
              ?.messages.slice(1)
              .map(({ text }) => text),
          ).toEqual([...before, `${session} ${n}`]);
          said.set(session, [...before, `${session} ${n}`, `heard ${session} ${n}`]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('no: nor do two that talk at the same time to one agent', async () => {
    const agent = scripted({ memory: { kind: 'conversation', keep: 'PT1H', messages: 50 } });
    agent.dependencies.provider.generate = async (request) => {
      agent.asked.push(structuredClone(request));
      await new Promise(setImmediate);
      return ok(says({ text: `heard ${request.messages.at(-1)?.text}` }));
    };
    const talk = async (session: string) => {
      for (let n = 0; n < 3; n++) {
        const key = `${session}-${n}`;
        await agent.run({
          conversation: session,
          variables: { message: `${session} ${n}` },
          owner: {
            tenantId: 'acme',
            processInstanceKey: key,
            elementInstanceKey: key,
            elementId: '',
            jobKey: '',
          },
        });
      }
    };
    await Promise.all(['one', 'two', 'three'].map(talk));
    const strangers = agent.asked.filter(({ messages }) => {
      const texts = messages.slice(1).map(({ text }) => text);
      const session = texts.at(-1)!.split(' ')[0]!;
      return texts.some((text) => !text.includes(session));
    });
    expect(strangers).toEqual([]);
    expect(agent.asked).toHaveLength(9);
  });
});

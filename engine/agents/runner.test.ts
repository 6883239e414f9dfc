import type { GuardrailPolicy } from '@baton/engine/guardrails';
import type { ModelProvider } from '@baton/engine/llm';
import { failed, ok, type RunEvent } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { blankAgent, says, scripted } from './runTest.ts';

const { limits } = blankAgent;
const calling = (...ids: string[]) =>
  says({
    finish: 'toolCalls',
    toolCalls: ids.map((id) => ({ id, name: 'order-lookup', arguments: { orderId: id } })),
  });
const never = new AbortController().signal;
/** Until what was begun has gone as far as it can without anybody's help. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

describe('what a run tells', () => {
  it('is each step in its order, with all it has used', async () => {
    const { answers, run } = scripted({ tools: ['order-lookup'] });
    answers.push(calling('HP-1'), says({ text: 'It is late.' }));
    const { result, events } = await run();
    expect(result).toEqual(ok({ text: 'It is late.' }));
    expect(events).toEqual([
      { event: 'usage', data: { inputTokens: 10, outputTokens: 5, cost: 0 } },
      {
        event: 'tool.started',
        data: { callId: 'HP-1', name: 'order-lookup', arguments: { orderId: 'HP-1' } },
      },
      {
        event: 'tool.finished',
        data: {
          callId: 'HP-1',
          name: 'order-lookup',
          ok: true,
          result: { status: 'late' },
          duration: expect.any(Number),
        },
      },
      { event: 'text.delta', data: { text: 'It ' } },
      { event: 'text.delta', data: { text: 'is ' } },
      { event: 'text.delta', data: { text: 'late.' } },
      { event: 'usage', data: { inputTokens: 20, outputTokens: 10, cost: 0 } },
    ]);
  });

  it('is told again from the record after a crash, and nothing is asked again', async () => {
    const { answers, asked, run } = scripted();
    answers.push(says({ text: 'It is late.' }));
    const first = await run();
    const again = await run();
    expect(asked).toHaveLength(1);
    const said = (events: RunEvent[]) =>
      events.map(({ event, data }) => (event === 'text.delta' ? data.text : '')).join('');
    expect(said(again.events)).toBe(said(first.events));
    expect(again.usage).toEqual(first.usage);
  });
});

describe('tools of one answer', () => {
  it('are called several at once, eight at most, and answer in their order, on record too', async () => {
    const { answers, asked, calls, dependencies, run } = scripted({ tools: ['order-lookup'] });
    const ids = Array.from({ length: 20 }, (_, index) => `HP-${index}`);
    answers.push(calling(...ids), says({ text: 'Done.' }));
    let atWork = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    dependencies.tools.invoker.call = async (call) => {
      atWork += 1;
      most = Math.max(most, atWork);
      // The last that came is the first to answer.
      await new Promise<void>((resolve) => waiting.push(resolve));
      atWork -= 1;
      return { ok: true, value: call.arguments, version: 2, logs: [] };
    };
    const running = run();
    for (let left = ids.length; left > 0; left -= 1) {
      await settled();
      waiting.pop()?.();
    }
    await running;
    expect(most).toBe(8);
    expect(
      asked[1]?.messages.slice(3).map((message) => 'toolCallId' in message && message.toolCallId),
    ).toEqual(ids);
    const tools = calls.records.filter(({ kind }) => kind === 'tool').sort((a, b) => a.sequence - b.sequence);
    expect(tools.map(({ response }) => response)).toEqual(ids.map((orderId) => ({ orderId })));
  });

  it('of which there are five hundred are not all made', async () => {
    const { answers, asked, calls, run } = scripted({
      tools: ['order-lookup'],
      limits: { ...limits, maxTokens: 50_000 },
    });
    answers.push(
      calling(...Array.from({ length: 500 }, (_, index) => `HP-${index}`)),
      says({ text: 'Done.' }),
    );
    expect((await run()).result).toEqual(ok({ text: 'Done.' }));
    expect(calls.records.filter(({ kind }) => kind === 'tool')).toHaveLength(64);
    expect(asked[1]?.messages.at(-1)?.text).toContain('it was not made');
  });
});

describe('an answer', () => {
  const contract = { type: 'object', properties: { mood: { enum: ['calm'] } }, required: ['mood'] };

  it('fits the agent’s own contract, and is sent back once when it does not', async () => {
    const { answers, asked, run } = scripted({ response: contract });
    answers.push(says({ text: '{"mood":"odd"}' }), says({ text: '{"mood":"calm"}' }));
    expect((await run()).result).toEqual(ok({ mood: 'calm' }));
    expect(asked.map(({ responseSchema }) => responseSchema)).toEqual([contract, contract]);
  });

  it('fits the task that the agent names, unless the run has a task of its own', async () => {
    const { answers, asked, dependencies, run } = scripted({ response: 'classify' });
    const task = (name: string) => ({
      definition: { name, requestSchema: {}, responseSchema: { ...contract, title: name } },
      version: 1,
    });
    dependencies.catalog.task = async (_tenantId, name) => task(name);
    answers.push(says({ text: '{"mood":"calm"}' }), says({ text: '{"mood":"calm"}' }));
    await run();
    await run({ task: task('own'), owner: { ...ownerOf('run-2') } });
    expect(asked.map(({ responseSchema }) => responseSchema?.title)).toEqual(['classify', 'own']);
  });

  it('that was cut at its tokens is a limit reached, and no success', async () => {
    const { answers, run } = scripted();
    answers.push(says({ text: 'It is', finish: 'length' }));
    expect(await run()).toMatchObject({
      result: { ok: false, failure: { code: 'BUDGET_EXCEEDED' } },
      text: 'It is',
    });
  });
});

const ownerOf = (id: string, tenantId = 'acme') => ({
  tenantId,
  processInstanceKey: id,
  elementInstanceKey: id,
  elementId: '',
  jobKey: '',
});

it('no secret is in a prompt, wherever it came from: designer, variables or tools', async () => {
  const { answers, asked, calls, dependencies, run } = scripted({
    systemPrompt: 'The key is planted-key-of-a-provider.',
    userPrompt: '{{message}}',
    tools: ['order-lookup'],
  });
  dependencies.models.secrets = async () => ['planted-key-of-a-provider'];
  dependencies.tools.invoker.call = async () => ({
    ok: true,
    value: 'planted-key-of-a-provider',
    version: 1,
    logs: [],
  });
  answers.push(calling('HP-1'), says({ text: 'Done' }));
  expect((await run({ variables: { message: 'Use planted-key-of-a-provider' } })).result.ok).toBe(true);
  expect(asked).toHaveLength(2);
  expect(JSON.stringify([asked, calls.records])).not.toContain('planted');
});

describe('limits', () => {
  it('in money are looked at before a call, which may write no more than is left', async () => {
    const { answers, asked, dependencies, run } = scripted({
      tools: ['order-lookup'],
      limits: { ...limits, maxCost: 0.002 },
    });
    // 1 US dollar a million tokens in, 100 out.
    dependencies.provider.priceOf = () => ({ input: 1, output: 100 });
    answers.push(
      { ...calling('HP-1'), outputTokens: 19 },
      { ...says({ text: 'Too late.' }), outputTokens: 1 },
    );
    const { result, usage } = await run();
    expect(result).toMatchObject({ ok: false, failure: { code: 'BUDGET_EXCEEDED' } });
    expect(asked.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([19]);
    expect(usage.cost).toBeLessThanOrEqual(0.002);
  });

  it('in tokens count what is asked too', async () => {
    const { asked, run } = scripted({ limits: { ...limits, maxTokens: 5 } });
    expect((await run()).result).toMatchObject({ ok: false, failure: { code: 'BUDGET_EXCEEDED' } });
    expect(asked).toEqual([]);
  });

  it('in time end a run whose model hangs, with what it said', async () => {
    const { dependencies, pass, run } = scripted({ limits: { ...limits, maxDuration: 500 } });
    dependencies.provider = hanging('It is');
    const running = run();
    await settled();
    pass(500);
    expect(await running).toMatchObject({
      result: { ok: false, failure: { code: 'BUDGET_EXCEEDED', message: expect.stringContaining('500 ms') } },
      text: 'It is',
    });
  });

  it('of one call give up on a model that listens to nothing', async () => {
    const { calls, dependencies, pass, run } = scripted();
    dependencies.provider = hanging('');
    const running = run();
    await settled();
    pass(1_000);
    expect((await running).result).toMatchObject({ ok: false, failure: { code: 'MODEL_TIMEOUT' } });
    expect(calls.records[0]?.error?.code).toBe('MODEL_TIMEOUT');
  });
});

/** Says something, then nothing more, whatever happens. */
function hanging(text: string): ModelProvider {
  return {
    name: 'hanging',
    generate(_request, _signal, heard) {
      if (text !== '') heard?.({ text });
      return new Promise(() => {});
    },
  };
}

it('a run that is cancelled ends at once, and pays for what it heard', async () => {
  const { calls, dependencies, run } = scripted();
  dependencies.provider = hanging('It is late');
  const controller = new AbortController();
  const running = run({}, controller.signal);
  await settled();
  controller.abort();
  const { result, text, usage } = await running;
  expect(result).toMatchObject({ ok: false, failure: { code: 'RUN_CANCELLED' } });
  expect([text, usage.outputTokens]).toEqual(['It is late', 3]);
  expect(calls.records).toMatchObject([{ response: null, usage }]);
});

describe('prompts', () => {
  const texts: Record<string, string> = {
    tone: 'Be {{> manner}}.',
    manner: 'kind',
    'manner@production': 'very kind',
    circle: 'a {{> circle}}',
    lost: '{{> nowhere}}',
  };
  const withPrompts = (systemPrompt: string) => {
    const agent = scripted({ systemPrompt });
    agent.dependencies.catalog.prompt = async (_tenantId, name, version) => {
      const text = texts[version ? `${name}@${version.label}` : name];
      return text === undefined ? undefined : { definition: { name, text }, version: 1 };
    };
    agent.answers.push(says({ text: 'Yes.' }));
    return agent;
  };

  it('are included when a run begins, as they are or at a label', async () => {
    const { asked, run } = withPrompts('{{> tone}} {{>manner@production}}!');
    await run({ variables: { message: 'Say {{> tone}}' } });
    expect(asked[0]?.messages).toEqual([
      { role: 'system', text: 'Be kind. very kind!' },
      { role: 'user', text: 'Say {{> tone}}' },
    ]);
  });

  it.each([
    ['{{> circle}}', 'PROMPT_UNUSABLE'],
    ['{{> lost}}', 'PROMPT_NOT_FOUND'],
  ])('that cannot be included end the run before anything is asked: %s', async (systemPrompt, code) => {
    const { asked, run } = withPrompts(systemPrompt);
    expect((await run()).result).toMatchObject({ ok: false, failure: { code } });
    expect(asked).toEqual([]);
  });
});

describe('guardrails', () => {
  const key = `sk-proj-${'a1'.repeat(12)}`;
  const planted = 'planted key';
  function guarded(action: 'mask' | 'block') {
    const agent = scripted({ guardrails: 'house', tools: ['order-lookup'] });
    const places = ['input', 'output', 'toolArguments', 'toolResult'] as const;
    const policy: GuardrailPolicy = { name: 'house', checks: [{ check: 'secrets', places, action }] };
    agent.dependencies.catalog.policy = async () => ({ definition: policy, version: 1 });
    agent.dependencies.models.secrets = async () => [planted];
    return agent;
  }

  it('mask secrets wherever they pass: neither model, tool, record nor listener sees one', async () => {
    const { answers, asked, calls, dependencies, run } = guarded('mask');
    const given: unknown[] = [];
    dependencies.tools.invoker.call = async (call) => {
      given.push(call.arguments);
      return { ok: true, value: { found: planted }, version: 2, logs: [] };
    };
    answers.push(
      says({
        finish: 'toolCalls',
        toolCalls: [{ id: 't', name: 'order-lookup', arguments: { orderId: key } }],
      }),
      says({ text: `It is ${key} and ${planted}.` }),
    );
    const { result, events } = await run({ variables: { message: `Use ${key}` } });
    expect(result).toEqual(ok({ text: 'It is ••• and •••.' }));
    expect(given).toEqual([{ orderId: '•••' }]);
    const seen = JSON.stringify([asked, calls.records, events]);
    expect([seen.includes(key), seen.includes(planted)]).toEqual([false, false]);
    expect(
      calls.records.flatMap(({ verdicts = [] }) => verdicts.map(({ place, action }) => [place, action])),
    ).toEqual([
      ['input', 'mask'],
      ['toolArguments', 'mask'],
      ['toolResult', 'mask'],
      ['output', 'mask'],
    ]);
  });

  it.each(['input', 'output', 'toolArguments', 'toolResult'] as const)(
    'that block at %s end the run, on record',
    async (place) => {
      const { answers, calls, dependencies, run } = guarded('block');
      dependencies.tools.invoker.call = async () => ({
        ok: true,
        value: place === 'toolResult' ? planted : 'fine',
        version: 2,
        logs: [],
      });
      const orderId = place === 'toolArguments' ? key : 'HP-1';
      answers.push(
        says({ finish: 'toolCalls', toolCalls: [{ id: 't', name: 'order-lookup', arguments: { orderId } }] }),
        says({ text: place === 'output' ? key : 'Done.' }),
      );
      const { result } = await run({ variables: { message: place === 'input' ? key : 'Hello' } });
      expect(result).toMatchObject({ ok: false, failure: { code: 'GUARDRAIL_VIOLATION' } });
      const last = calls.records.at(-1);
      expect(last).toMatchObject({ response: null, error: { code: 'GUARDRAIL_VIOLATION' } });
      expect(last?.verdicts).toContainEqual(expect.objectContaining({ place, action: 'block' }));
      const seen = JSON.stringify([calls.records, result]);
      expect([seen.includes(key), seen.includes(planted)]).toEqual([false, false]);
    },
  );

  it('that are not there are no reason to go without them', async () => {
    const { asked, run } = scripted({ guardrails: 'gone' });
    expect((await run()).result).toMatchObject({ ok: false, failure: { code: 'POLICY_NOT_FOUND' } });
    expect(asked).toEqual([]);
  });
});

describe('a conversation', () => {
  const memory = { kind: 'conversation' as const, keep: 'PT1H', messages: 4 };
  const ask = (id: string, message: string, over = {}) => ({
    owner: ownerOf(id),
    variables: { message },
    conversation: 'c-1',
    ...over,
  });

  it('is remembered as far as the agent’s memory goes, and no longer', async () => {
    const { answers, asked, pass, run } = scripted({ memory });
    for (const [index, message] of ['one', 'two', 'three', 'four'].entries()) {
      answers.push(says({ text: `heard ${message}` }));
      await run(ask(`run-${index}`, message));
    }
    const texts = (index: number) => asked[index]?.messages.slice(1).map(({ text }) => text);
    expect(texts(1)).toEqual(['one', 'heard one', 'two']);
    expect(texts(3)).toEqual(['two', 'heard two', 'three', 'heard three', 'four']);
    pass(3_600_000);
    answers.push(says({ text: 'who?' }));
    await run(ask('run-9', 'five'));
    expect(texts(4)).toEqual(['five']);
  });

  it('is seen by no other conversation, agent or tenant, nor by an agent without memory', async () => {
    const { answers, asked, dependencies, run } = scripted({ memory });
    answers.push(says({ text: 'I know.' }), ...Array.from({ length: 4 }, () => says({ text: 'What?' })));
    await run(ask('run-1', 'my secret'));
    const agent = (await dependencies.catalog.agent('acme', 'triage', undefined))!;
    const forgetful = { ...agent, definition: { ...agent.definition, memory: blankAgent.memory } };
    await run(ask('run-2', 'tell', { conversation: 'c-2' }));
    await run(ask('run-3', 'tell', { agent: { ...agent, id: 'a-2' } }));
    await run(ask('run-4', 'tell', { owner: ownerOf('run-4', 'globex') }));
    await run(ask('run-5', 'tell', { agent: forgetful }));
    expect(asked.slice(1).map(({ messages }) => messages.slice(1).map(({ text }) => text))).toEqual(
      Array.from({ length: 4 }, () => ['tell']),
    );
  });

  it('has one run at a time: the second is told to wait, and nothing is asked', async () => {
    const { answers, asked, dependencies, run } = scripted({ memory });
    let answer = () => {};
    const scriptedProvider = dependencies.provider;
    dependencies.provider = {
      ...scriptedProvider,
      async generate(...request) {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return scriptedProvider.generate(...request);
      },
    };
    answers.push(says({ text: 'First.' }));
    const first = run(ask('run-1', 'one'));
    await settled();
    expect((await run(ask('run-2', 'two'))).result).toMatchObject({
      ok: false,
      failure: { code: 'CONVERSATION_BUSY' },
    });
    answer();
    expect((await first).result).toEqual(ok({ text: 'First.' }));
    expect(asked).toHaveLength(1);
  });

  it('keeps nothing of a run that failed, and is free again', async () => {
    const { answers, asked, dependencies, run } = scripted({ memory });
    const scriptedProvider = dependencies.provider;
    dependencies.provider = {
      name: 'away',
      generate: async () =>
        failed({ code: 'MODEL_UNAVAILABLE', message: 'Expected an answer, but got none', retryable: true }),
    };
    await run(ask('run-1', 'one'));
    dependencies.provider = scriptedProvider;
    answers.push(says({ text: 'Yes.' }));
    expect((await run(ask('run-2', 'two'))).result.ok).toBe(true);
    expect(asked[0]?.messages.slice(1)).toEqual([{ role: 'user', text: 'two' }]);
  });
});

it('a run that goes on after a crash goes on with the messages it began with', async () => {
  const { answers, asked, calls, run } = scripted({ tools: ['order-lookup'], systemPrompt: 'Anew.' });
  const before = scripted({ tools: ['order-lookup'], systemPrompt: 'As it was.' });
  before.answers.push(calling('HP-1'));
  await before.run().catch(() => {});
  calls.records.push(...before.calls.records);
  answers.push(says({ text: 'Done.' }));
  expect((await run({ begun: calls.records[0] }, never)).result).toEqual(ok({ text: 'Done.' }));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.messages[0]?.text).toBe('As it was.');
});

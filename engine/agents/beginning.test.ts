import { expect, it } from 'vitest';
import { blankAgent, says, scripted } from './runTest.ts';

const contract = { type: 'object', properties: { mood: { enum: ['calm'] } }, required: ['mood'] };

it('what a run began with is kept with its first model call, and with no other', async () => {
  const { answers, calls, dependencies, run } = scripted({
    systemPrompt: 'You sort. {{> tone}} {{> tone@production}}',
    userPrompt: '{{> ask}}: {{message}}',
    guardrails: 'careful',
    response: 'classify',
    tools: ['order-lookup'],
  });
  const { catalog } = dependencies;
  catalog.task = async (_tenantId, name) => ({
    definition: { name, requestSchema: {}, responseSchema: contract },
    version: 3,
  });
  catalog.prompt = async (_tenantId, name, label) => ({
    definition: { name, text: 'Be kind.' },
    version: label ? 5 : 6,
  });
  catalog.policy = async (_tenantId, name) => ({
    definition: {
      name,
      checks: [{ check: 'secrets', entropy: false, action: 'mask', places: ['input'] }],
    },
    version: 2,
  });
  dependencies.models.secrets = async () => ['sk-planted-0123456789'];
  answers.push(
    says({
      finish: 'toolCalls',
      toolCalls: [{ id: 't', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
    }),
    says({ text: '{"mood":"calm"}' }),
  );
  const variables = { message: 'Where is it?', unused: 'sk-planted-0123456789' };
  expect((await run({ variables })).result.ok).toBe(true);
  const [first, ...others] = calls.records;
  expect(first?.began).toEqual({
    agent: { id: 'a-1', version: 4 },
    task: { name: 'classify', version: 3 },
    policy: { name: 'careful', version: 2 },
    prompts: [
      { name: 'tone', version: 6 },
      { name: 'tone', label: 'production', version: 5 },
      { name: 'ask', version: 6 },
    ],
    variables: { message: 'Where is it?', unused: expect.not.stringContaining('planted') },
    said: [],
  });
  expect(others.map(({ began }) => began)).toEqual([undefined, undefined]);
});

it('a draft is kept with it whole, and so is what had been said in its conversation', async () => {
  const memory = { kind: 'conversation' as const, keep: 'PT1H', messages: 4 };
  const { answers, calls, run } = scripted({ memory });
  answers.push(says({ text: 'Hello.' }), says({ text: 'As I said.' }));
  const owner = {
    tenantId: 'acme',
    processInstanceKey: '2',
    elementInstanceKey: '2',
    elementId: '',
    jobKey: '',
  };
  await run({ conversation: 'c-1' });
  await run({ conversation: 'c-1', owner, unsaved: true });
  expect(calls.records[1]?.began).toMatchObject({
    agent: { id: 'a-1', version: 4, definition: { ...blankAgent, memory } },
    said: [
      { role: 'user', text: 'Where is it?' },
      { role: 'assistant', text: 'Hello.' },
    ],
  });
});

it('a first call that failed and is made again keeps what the run began with', async () => {
  const { answers, calls, dependencies, run } = scripted();
  const { generate } = dependencies.provider;
  dependencies.provider = {
    name: 'scripted',
    generate: async () => ({
      ok: false,
      failure: { code: 'MODEL_UNAVAILABLE', message: 'Expected an answer, but got none', retryable: true },
    }),
  };
  await run();
  dependencies.provider = { name: 'scripted', generate };
  answers.push(says({ text: 'Here.' }));
  expect((await run({ begun: calls.records[0], variables: {} })).result.ok).toBe(true);
  expect(calls.records[1]?.began).toEqual(calls.records[0]?.began);
});

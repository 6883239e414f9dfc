import {
  type ConnectorWorld,
  connectorFeel,
  connectors,
  createConnectorHandler,
} from '@baton/engine/connectors';
import type { ModelResponse } from '@baton/engine/llm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  adHocSubProcess,
  bpmn,
  callActivity,
  end,
  path,
  receiveTask,
  scriptTask,
  serviceTask,
  start,
  startMessage,
} from '../../test/bpmn.ts';
import { says } from '../runTest.ts';
import { type AgenticWorld, openAgenticWorld } from './test/world.ts';

let world: AgenticWorld;
beforeEach(async () => {
  world = await openAgenticWorld();
  const connectorWorld = {
    feel: connectorFeel(),
    engine: world.engine,
    now: Date.now,
  } as Partial<ConnectorWorld> as ConnectorWorld;
  world.handle(
    'io.camunda:sendMessage:1',
    createConnectorHandler(connectors['io.camunda:sendMessage:1'], connectorWorld),
  );
});
afterEach(() => world.close());

const agent = (system: string, prompt: string, ...tools: string[]) =>
  adHocSubProcess(
    'agent',
    {
      type: 'io.camunda.agenticai:aiagent-job-worker:1',
      collection: 'toolCallResults',
      element: '={ id: toolCall._meta.id, name: toolCall._meta.name, content: toolCallResult }',
      inputs: [
        ['bedrock', 'provider.type'],
        ['m-1', 'provider.bedrock.model.model'],
        [`="${system}"`, 'data.systemPrompt.prompt'],
        [prompt, 'data.userPrompt.prompt'],
        ['=agent.context', 'agentContext'],
        ['=null', 'agent'],
      ],
      outputs: [['=agent.responseText', 'said']],
    },
    // There has to be one at least.
    scriptTask('clock', '=now()', 'toolCallResult'),
    ...tools,
  );

/** Sends one of the test file's messages: M1 or M2. */
const send = (id: string, name: string, key: string, variables: string) =>
  serviceTask(id, {
    type: 'io.camunda:sendMessage:1',
    inputs: [
      [name, 'messageName'],
      [key, 'correlationKey'],
      [variables, 'variables'],
      ['publish', 'correlationType.type'],
    ],
  });

/** Each agent says its own lines: they are known by their system prompts. */
function scriptOf(lines: { [system: string]: ModelResponse[] }) {
  return {
    models: {
      secrets: async () => [],
      provider: async () => ({
        name: 'bedrock',
        async generate(request: { messages: { text: string }[] }) {
          world.asked.push(structuredClone(request) as never);
          return { ok: true as const, value: lines[request.messages[0]!.text]!.shift()! };
        },
      }),
    },
  };
}

const wants = (name: string, given: object) =>
  says({ toolCalls: [{ id: 'c', name, arguments: given as never }], finish: 'toolCalls' });

it('an agent asks another by BPMN messages and goes on with what it says', async () => {
  await world.work(
    scriptOf({
      Buyer: [wants('askSeller', { question: 'How much?' }), says({ text: 'I pay 9.' })],
      Seller: [says({ text: '9 euros' })],
    }),
  );
  const buyer = bpmn(
    'buyer',
    start(),
    agent(
      'Buyer',
      '=wish',
      send('askSeller', 'M1', '=key', '={ question: fromAi(toolCall.question, "What to ask"), key: key }'),
      receiveTask('answer', 'M2', { outputs: [['=offer', 'toolCallResult']] }),
      path('askSeller', 'answer'),
    ),
    end(),
    path('start', 'agent', 'end'),
  );
  const seller = bpmn(
    'seller',
    startMessage('asked', 'M1'),
    agent('Seller', '=question'),
    send('tell', 'M2', '=key', '={ offer: said }'),
    end(),
    path('asked', 'agent', 'tell', 'end'),
  );
  await world.deploy([
    { name: 'seller.bpmn', content: seller },
    { name: 'buyer.bpmn', content: buyer },
  ]);
  const instance = await world.start('buyer', { wish: 'Buy it', key: 'deal-1' });
  const { said } = await world.ended(instance);

  expect(said).toBe('I pay 9.');
  expect(world.asked.map(({ messages }) => messages.at(-1))).toMatchObject([
    { role: 'user', text: 'Buy it' },
    { role: 'user', text: 'How much?' },
    { role: 'tool', toolName: 'askSeller', text: '9 euros' },
  ]);
});

it('an agent has another as a tool by a call activity', async () => {
  await world.work(
    scriptOf({
      Chief: [wants('expert', { matter: 'tax' }), says({ text: 'All good.' })],
      Expert: [says({ text: 'The tax is fine' })],
    }),
  );
  const expert = bpmn(
    'expert-process',
    start(),
    agent('Expert', '=matter'),
    end(),
    path('start', 'agent', 'end'),
  );
  const chief = bpmn(
    'chief',
    start(),
    agent(
      'Chief',
      '=wish',
      callActivity('expert', 'expert-process', {
        inputs: [['=fromAi(toolCall.matter, "What it is about")', 'matter']],
        outputs: [['=said', 'toolCallResult']],
      }),
    ),
    end(),
    path('start', 'agent', 'end'),
  );
  await world.deploy([
    { name: 'expert.bpmn', content: expert },
    { name: 'chief.bpmn', content: chief },
  ]);
  const instance = await world.start('chief', { wish: 'Check it' });
  const { said } = await world.ended(instance);

  expect(said).toBe('All good.');
  expect(world.asked.at(-1)?.messages.at(-1)).toMatchObject({ role: 'tool', text: 'The tax is fine' });
});

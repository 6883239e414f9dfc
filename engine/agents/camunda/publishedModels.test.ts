import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConnectorWorld,
  connectorFeel,
  connectors,
  createConnectorHandler,
} from '@baton/engine/connectors';
import type { JsonObject } from '@baton/engine/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { says } from '../runTest.ts';
import { type AgenticWorld, openAgenticWorld, tenantId } from './test/world.ts';

/** A folder with Camunda's published examples (`ai-agent-chat-with-tools/`, `fraud-detection/`): they are not ours to carry. */
const folder = process.env.TEST_CAMUNDA_MODELS;

function filesOf(example: string): { name: string; content: string }[] {
  const names = readdirSync(join(folder!, example)).filter((name) => /\.(bpmn|form)$/.test(name));
  return names.map((name) => ({ name, content: readFileSync(join(folder!, example, name), 'utf8') }));
}

const wants = (...calls: [name: string, given: JsonObject][]) =>
  says({
    toolCalls: calls.map(([name, given], index) => ({ id: `c${index}`, name, arguments: given })),
    finish: 'toolCalls',
  });

describe.skipIf(!folder)('published models (TEST_CAMUNDA_MODELS names their folder)', () => {
  let world: AgenticWorld;
  let requests: string[];
  /** What the internet would say, by the beginning of the address. */
  let answers: { [address: string]: unknown };

  beforeEach(async () => {
    world = await openAgenticWorld();
    requests = [];
    answers = {};
    const connectorWorld: ConnectorWorld = {
      feel: connectorFeel(),
      fetch: async (input) => {
        requests.push(`${input}`);
        const known = Object.entries(answers).find(([address]) => `${input}`.startsWith(address));
        return known ? Response.json(known[1]) : new Response('', { status: 404 });
      },
      granted: async () => ({
        network: ['jsonplaceholder.typicode.com', 'api.openai.com'],
        secrets: ['OPENAI_API_KEY'],
      }),
      secret: async () => 'sk-0',
      engine: world.engine,
      now: Date.now,
      schedule: () => () => {},
    };
    for (const [type, connector] of Object.entries(connectors))
      world.handle(type, createConnectorHandler(connector, connectorWorld));
    await world.work();
  });
  afterEach(() => world.close());

  const does = async (instance: string, elementId: string, variables: JsonObject) => {
    const task = await world.task(instance, elementId);
    await world.engine.commands.completeUserTask(task, variables);
  };

  it('a chat with tools, a person and a follow-up runs to its end', async () => {
    await world.deploy(filesOf('ai-agent-chat-with-tools'));
    answers['https://jsonplaceholder.typicode.com/users/1'] = { id: 1, name: 'Leanne', email: 'l@x.org' };
    answers['https://jsonplaceholder.typicode.com/users'] = [{ id: 1, name: 'Leanne', username: 'Bret' }];
    world.say(
      wants(['ListUsers', {}], ['SuperfluxProduct', { a: 2, b: 3 }], ['GetDateAndTime', {}]),
      wants(['LoadUserByID', { id: 1 }]),
      wants([
        'AskHumanToSendEmail',
        {
          instructions: 'Greet',
          recipient_name: 'Leanne',
          recipient_email: 'l@x.org',
          email_subject: 'Hello',
          email_body: 'Hi',
        },
      ]),
      says({ text: 'It is sent.' }),
      says({ text: 'You are welcome.' }),
    );
    const instance = await world.start('ai-agent-chat-with-tools', {
      inputText: 'Mail Leanne the superflux product of 2 and 3',
      inputDocuments: [],
    });
    await does(instance, 'AskHumanToSendEmail', { emailOk: true, operatorFeedback: '' });
    await does(instance, 'User_Feedback', {
      userSatisfied: false,
      followUpInput: 'Thanks',
      followUpDocuments: [],
    });
    await does(instance, 'User_Feedback', { userSatisfied: true });
    const { agent } = await world.ended(instance);

    expect(agent).toMatchObject({ responseText: 'You are welcome.' });
    expect(requests).toEqual([
      'https://jsonplaceholder.typicode.com/users',
      'https://jsonplaceholder.typicode.com/users/1',
    ]);
    const told = world.asked
      .at(-1)!
      .messages.flatMap((message) => (message.role === 'tool' ? [message] : []));
    expect(told.map(({ toolName, text }) => [toolName, text])).toEqual([
      ['ListUsers', '[{"id":1,"name":"Leanne","username":"Bret"}]'],
      ['SuperfluxProduct', '15'],
      ['GetDateAndTime', expect.stringMatching(/^\d{4}-/)],
      ['LoadUserByID', '{"id":1,"name":"Leanne","email":"l@x.org"}'],
      ['AskHumanToSendEmail', '{"operatorFeedback":"","emailOk":true,"emailSent":true}'],
    ]);
  });

  const taxSubmission = { fullName: 'John', emailAddress: 'john@x.org', totalIncome: 70_000 };

  it('a fraud detection asks an expert and a mail writer, and is judged by another model', async () => {
    await world.deploy(filesOf('fraud-detection'));
    answers['https://api.openai.com'] = { choices: [{ message: { content: 'yes' } }] };
    const seen = { taxSubmission: 'John', tendency: 'none', suspiciousParts: 'income' };
    world.say(
      wants(['EmailInquiry', { taxSubmission: 'John', whatToClarify: 'income' }]),
      wants(['CallOnExternalAdvisor', seen]),
      says({ text: '<fraudDecision><fraud>false</fraud></fraudDecision>' }),
    );
    const instance = await world.start('fraud-detection-process', { taxSubmission });
    await does(instance, 'Activity_087ozlu', { userResponse: 'I earn that' });
    await does(instance, 'CallOnExternalAdvisor', { fraudDetected: false, expertAnalysis: 'fine' });
    const { finalCheck } = await world.ended(instance);

    expect(finalCheck).toBe('yes');
    expect(requests).toHaveLength(2);
  });

  it('a fraud that is certain escalates out of the agent', async () => {
    await world.deploy(filesOf('fraud-detection'));
    world.say(wants(['FraudDetected', { agentAnalysis: 'A joke' }]));
    const instance = await world.start('fraud-detection-process', { taxSubmission });
    await world.ended(instance);
    const elements = await world.engine.queries.elementInstances(tenantId, instance);

    expect(elements.ok && elements.value.map(({ elementId, state }) => [elementId, state])).toEqual(
      expect.arrayContaining([
        ['Fraud_Detection_Agent', 'TERMINATED'],
        ['Event_1sxkleb', 'COMPLETED'],
      ]),
    );
  });
});

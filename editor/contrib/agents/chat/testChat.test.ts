import { failed, ok, type Result } from '@baton/engine/protocol';
import type { AgentRunEvent, AgentRunView, AgentRunWithSteps } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import type { Failure } from '../../../platform/failure.ts';
import { memoryStorage } from '../../../platform/host.ts';
import { manualTimers, settled } from '../../../test/manualTimers.ts';
import { blankAgent } from '../blankAgent.ts';
import type { AgentRuns, AskedRun } from './agentRuns.ts';
import { createTestChat, type Subject } from './testChat.ts';

const finished: AgentRunView = {
  id: 'r1',
  agent: { id: 'a1', name: 'triage', version: 0, label: null, hash: null },
  task: null,
  provider: 'mock',
  model: 'mock-1',
  status: 'completed',
  prompt: 'Where is it?',
  input: null,
  output: 'It is late. Sorry.',
  error: null,
  usage: { inputTokens: 300, outputTokens: 20, cost: 0.002 },
  conversation: null,
  forkOf: null,
  by: 'designer',
  startedAt: '2026-01-02T03:04:05Z',
  duration: 1400,
};

/** A gateway of which the test plays the run. */
function gateway() {
  const asked: AskedRun[] = [];
  let hear: (event: AgentRunEvent) => void = () => {};
  let end: (answer: Result<AgentRunView, Failure>) => void = () => {};
  const earlier: AgentRunWithSteps = { ...finished, steps: [] };
  const runs: AgentRuns = {
    run(what, heard, signal) {
      asked.push(what);
      hear = heard;
      return new Promise((resolve) => {
        end = resolve;
        signal.addEventListener('abort', () => resolve(failed({ code: 'UNREACHABLE', message: 'aborted' })));
      });
    },
    list: async () => ok([finished]),
    read: async () => ok(earlier),
  };
  return {
    asked,
    earlier,
    runs,
    tell: (...events: AgentRunEvent[]) => events.forEach((event) => void hear(event)),
    async end(answer: Result<AgentRunView, Failure>) {
      end(answer);
      await settled();
    },
  };
}

const started: AgentRunEvent = { event: 'run.started', data: { ...finished, status: 'running' } };
const text = (bit: string): AgentRunEvent => ({ event: 'text.delta', data: { text: bit } });

let time = manualTimers();
let storage = memoryStorage();
let subject: Result<Subject, Failure>;
let server = gateway();
beforeEach(() => {
  time = manualTimers();
  storage = memoryStorage();
  server = gateway();
  subject = ok({ of: 'draft', content: blankAgent, remembers: false, variables: [] });
});

const opened = () =>
  createTestChat({ id: 'a1', clock: time.clock, storage, subject: () => subject, runs: server.runs });

function sent(prompt: string) {
  const chat = opened();
  chat.type(prompt);
  void chat.send();
  return chat;
}
const lastTurn = (chat: ReturnType<typeof opened>) => chat.getState().turns.at(-1);

it('sends the draft as it stands and shows what comes back as it comes', async () => {
  const chat = sent('Where is it?');
  expect(server.asked).toEqual([{ prompt: 'Where is it?', content: blankAgent }]);
  expect(chat.getState().input).toBe('');

  server.tell(
    started,
    { event: 'tool.started', data: { callId: 'c1', name: 'order-lookup', arguments: { id: 'HP-1' } } },
    {
      event: 'tool.finished',
      data: { callId: 'c1', name: 'order-lookup', ok: true, result: 6, duration: 300 },
    },
    { event: 'usage', data: { inputTokens: 100, outputTokens: 10, cost: 0.001 } },
    text('It is late. So'),
  );
  expect(lastTurn(chat)).toMatchObject({
    status: 'running',
    runId: 'r1',
    loops: 1,
    parts: [
      {
        kind: 'call',
        name: 'order-lookup',
        arguments: { id: 'HP-1' },
        state: 'done',
        result: 6,
        duration: 300,
      },
      { kind: 'text', text: 'It is late. So' },
    ],
  });
  expect(chat.getState().announced).toBe('It is late.');

  server.tell(text('rry.'));
  await server.end(ok(finished));
  expect(chat.getState().announced).toBe('Sorry.');
  expect(lastTurn(chat)).toMatchObject({ status: 'done', duration: 1400, usage: finished.usage });
});

it('shows an answer that was not streamed, be it text or values', async () => {
  const chat = sent('Where is it?');
  await server.end(ok(finished));
  expect(lastTurn(chat)?.parts).toEqual([{ kind: 'text', text: 'It is late. Sorry.' }]);

  chat.type('And?');
  void chat.send();
  await server.end(ok({ ...finished, output: { late: true } }));
  expect(lastTurn(chat)).toMatchObject({ parts: [], output: { late: true } });
});

it('says once what was streamed', async () => {
  const chat = sent('Where is it?');
  server.tell(started, text('It is late.'));
  await server.end(ok({ ...finished, output: { text: 'It is late.' } }));
  expect(lastTurn(chat)).toMatchObject({ parts: [{ kind: 'text', text: 'It is late.' }] });
  expect(lastTurn(chat)?.output).toBeUndefined();

  chat.type('And?');
  void chat.send();
  server.tell(started, text('{"late": '), text('true}'));
  await server.end(ok({ ...finished, output: { late: true } }));
  expect(lastTurn(chat)).toMatchObject({ parts: [], output: { late: true } });
});

it('stops, and hears nothing more of it', async () => {
  const chat = sent('Where is it?');
  server.tell(started, text('It is'), {
    event: 'tool.started',
    data: { callId: 'c1', name: 'order-lookup', arguments: {} },
  });
  time.advance(2_000);
  chat.stop();
  server.tell(text(' late'));
  await settled();

  expect(lastTurn(chat)).toMatchObject({
    status: 'stopped',
    duration: 2_000,
    parts: [
      { kind: 'text', text: 'It is' },
      { kind: 'call', state: 'failed' },
    ],
  });
});

it('says why a run failed and asks the same again', async () => {
  const chat = sent('Where is it?');
  server.tell(started, text('It is'));
  const error = { code: 'BUDGET_EXCEEDED', message: 'Expected at most 200 tokens, but 320 were used.' };
  await server.end(ok({ ...finished, status: 'failed', error }));
  expect(lastTurn(chat)).toMatchObject({ status: 'failed', failure: error });

  void chat.retry();
  expect(server.asked.map(({ prompt }) => prompt)).toEqual(['Where is it?', 'Where is it?']);
  expect(chat.getState().turns).toHaveLength(1);
});

it('gives back what was typed when it did not reach anybody', async () => {
  const chat = sent('Where is it?');
  expect(opened().getState().input).toBe('Where is it?');
  await server.end(failed({ code: 'UNREACHABLE', message: 'Expected an answer, but the connection failed' }));

  expect(chat.getState().input).toBe('Where is it?');
  expect(opened().getState().input).toBe('Where is it?');
});

it('keeps what is typed over a reload, until it is sent', () => {
  opened().type('Where is');
  expect(opened().getState().input).toBe('Where is');

  sent('Where is it?');
  server.tell(started);
  expect(opened().getState().input).toBe('');
});

it('asks nobody while the draft is wrong, and says what is wrong', () => {
  subject = failed({ code: 'AGENT_INVALID', message: 'model: Expected a text, but it is empty.' });
  const chat = sent('Where is it?');

  expect(server.asked).toEqual([]);
  expect(lastTurn(chat)?.failure?.message).toBe('model: Expected a text, but it is empty.');
  expect(chat.getState().input).toBe('Where is it?');
});

it('goes on with the conversation of an agent that remembers, until it is cleared', async () => {
  subject = ok({ of: 2, remembers: true, variables: [] });
  const chat = sent('I am Mira.');
  await server.end(ok(finished));
  chat.type('Who am I?');
  void chat.send();
  await server.end(ok(finished));
  time.advance(1);
  chat.clear();
  chat.type('Who am I?');
  void chat.send();

  const [first, second, third] = server.asked.map(({ conversation }) => conversation);
  expect(first).toBeDefined();
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(chat.getState().turns).toHaveLength(1);
});

it('opens a run of before', async () => {
  const chat = opened();
  await chat.showHistory(true);
  expect(chat.getState().history?.runs).toEqual([finished]);

  server.earlier.steps = [
    {
      sequence: 2,
      kind: 'tool',
      name: 'order-lookup',
      version: 1,
      model: '',
      request: { id: 'HP-1' },
      response: null,
      error: { code: 'TOOL_FAILED', message: 'Expected an order, but there is none.' },
      usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
      verdicts: [],
      answers: [],
      startedAt: finished.startedAt,
      duration: 12,
    },
  ];
  await chat.showEarlier(finished);
  expect(chat.getState().earlier?.turn).toMatchObject({
    prompt: 'Where is it?',
    of: 'draft',
    status: 'done',
    parts: [
      { kind: 'call', name: 'order-lookup', state: 'failed', error: 'Expected an order, but there is none.' },
      { kind: 'text', text: 'It is late. Sorry.' },
    ],
  });
});

it('fills the agent’s own prompt with values, which need no message and outlive a reload', async () => {
  subject = ok({ of: 2, remembers: false, variables: ['customer', 'order.id'] });
  const chat = opened();
  await chat.send();
  expect(server.asked).toEqual([]);

  chat.fill('order.id', 'HP-1');
  chat.fill('gone', 'no more');
  void chat.send();
  expect(server.asked).toEqual([{ input: { order: { id: 'HP-1' } } }]);
  expect(lastTurn(chat)?.said).toBe('order.id: HP-1');
  expect(opened().getState().values).toMatchObject({ 'order.id': 'HP-1' });
});

it('puts the message where the agent’s own prompt asks for one', () => {
  subject = ok({ of: 2, remembers: false, variables: ['customer', 'message'] });
  const chat = opened();
  chat.fill('customer', 'Mira');
  chat.type('Where is it?');
  void chat.send();
  expect(server.asked).toEqual([{ input: { customer: 'Mira', message: 'Where is it?' } }]);
  expect(lastTurn(chat)?.said).toBe('customer: Mira\n\nWhere is it?');
});

it('shows what a call asks of a person, and that it goes on once somebody has answered', async () => {
  const chat = sent('Refund it');
  const call = () => lastTurn(chat)?.parts.find((part) => part.kind === 'call');
  server.tell(started, {
    event: 'question.asked',
    data: {
      id: 'q1',
      callId: 'c1',
      kind: 'approval',
      tool: 'refund-order',
      message: 'The rule allows half.',
      schema: {},
      proposed: { amount: 84.9 },
    },
  });
  expect(call()).toEqual({
    kind: 'call',
    id: 'c1',
    name: 'refund-order',
    arguments: { amount: 84.9 },
    state: 'waiting',
    asked: { id: 'q1', kind: 'approval', message: 'The rule allows half.' },
  });

  server.tell(
    { event: 'question.answered', data: { id: 'q1', callId: 'c1', action: 'accept' } },
    { event: 'tool.started', data: { callId: 'c1', name: 'refund-order', arguments: { amount: 50 } } },
  );
  expect(lastTurn(chat)?.parts).toEqual([
    { kind: 'call', id: 'c1', name: 'refund-order', arguments: { amount: 50 }, state: 'running' },
  ]);
});

it('drops what a model said that could not go on, and says who answers instead', async () => {
  const chat = sent('Where is it?');
  server.tell(started, text('Half of '), {
    event: 'model.switched',
    data: { from: 'cloud/large', to: 'gpu/small', code: 'MODEL_UNAVAILABLE' },
  });
  server.tell(text('It is late. '), text('Sorry.'));
  await server.end(ok(finished));

  expect(lastTurn(chat)?.parts).toEqual([
    { kind: 'switch', from: 'cloud/large', to: 'gpu/small', code: 'MODEL_UNAVAILABLE' },
    { kind: 'text', text: 'It is late. Sorry.' },
  ]);
});

import { failed, ok, type RunEvent } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import type { ToolCall, ToolOutcome } from '@baton/tools-registry/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAgentHandler, createQuestionHandler, createToolHandler, followQuestions } from './index.ts';
import { memoryQuestions, noQuestions, orderLookup, type Scripted, says, scripted } from './runTest.ts';

const never = new AbortController().signal;
const HOUR = 3_600_000;

const job = (given: Partial<Job> = {}): Job => ({
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
  headers: { agent: 'triage', tool: 'order-lookup' },
  variables: { message: 'Where is it?', orderId: 'HP-1' },
  retries: 3,
  deadline: 0,
  ...given,
});

const asks = (id: string, more: object = {}): ToolOutcome => ({
  ok: false,
  version: 2,
  failure: { code: 'TOOL_INPUT_REQUIRED', message: 'Expected a day, but there is none' },
  question: {
    id,
    kind: 'input',
    message: `${id}?`,
    schema: { type: 'object', properties: { day: { type: 'string' } }, required: ['day'] },
  },
  resume: { from: id },
  ...more,
});
const done: ToolOutcome = { ok: true, value: { status: 'booked' }, version: 2, logs: [] };
const wants = (...ids: string[]) =>
  says({
    toolCalls: ids.map((id) => ({ id, name: 'order-lookup', arguments: { orderId: id } })),
    finish: 'toolCalls',
  });

let agent: Scripted;
let store: ReturnType<typeof memoryQuestions>;
let questions: ReturnType<typeof noQuestions>;
let made: ToolCall[];
/** By the order looked up: what the calls end with, in turn. */
let outcomes: { [orderId: string]: ToolOutcome[] };

beforeEach(() => {
  agent = scripted({ tools: ['order-lookup'] });
  store = memoryQuestions();
  questions = noQuestions(store);
  made = [];
  outcomes = {};
  Object.assign(agent.dependencies, { questions });
  agent.dependencies.tools.invoker = {
    async call(call) {
      made.push(call);
      const { orderId } = call.arguments as { orderId: string };
      return outcomes[orderId]?.shift() ?? done;
    },
  };
});

const handle = (given?: Partial<Job>) => createAgentHandler(agent.dependencies)(job(given), never);
const call = (given?: Partial<Job>) => createToolHandler(agent.dependencies)(job(given), never);
const answerTo = (asked: number, day: string) =>
  questions.answer('acme', store.asked[asked]!.question.id, { action: 'accept', content: { day } });

describe('a tool of an agent that asks', () => {
  it('lets the job wait, and goes on where it asked once somebody has answered', async () => {
    agent.answers.push(wants('a'), says({ text: 'booked' }));
    outcomes = { a: [asks('which')] };
    const waits = await handle();
    expect(waits).toMatchObject({ kind: 'wait', ms: HOUR });
    expect(store.asked.map(({ question }) => question)).toMatchObject([
      { kind: 'input', tool: 'order-lookup', message: 'which?' },
    ]);
    expect(waits.kind === 'wait' && (await waits.over())).toBe(false);

    await answerTo(0, 'Monday');
    expect(questions.told.at(-1)).toBe('keep 7 1');
    expect(await handle()).toEqual({ kind: 'complete', variables: { text: 'booked' } });
    expect(made.map(({ answers, resume }) => ({ answers, resume }))).toEqual([
      { answers: undefined, resume: undefined },
      { answers: { which: { action: 'accept', content: { day: 'Monday' } } }, resume: { from: 'which' } },
    ]);
    expect(store.asked).toEqual([]);
  });

  it('asks once, however often the job comes before the answer', async () => {
    agent.answers.push(wants('a'));
    outcomes = { a: [asks('which')] };
    const ended = [await handle(), await handle(), await handle()];
    expect(ended.map(({ kind }) => kind)).toEqual(['wait', 'wait', 'wait']);
    expect([store.asked.length, made.length, agent.asked.length]).toEqual([1, 1, 1]);
  });

  it('asks once after a crash between the question and its record: the same question has the same id', async () => {
    agent.answers.push(wants('a'));
    outcomes = { a: [asks('which'), asks('which')] };
    await handle();
    const [id] = store.asked.map(({ question }) => question.id);
    await store.remove('acme', id!);
    await handle();
    expect(questions.told).toEqual([`ask ${id}`, `ask ${id}`]);
  });

  it('tells the engine again what it may have missed, until somebody is asked', async () => {
    agent.answers.push(wants('a'));
    outcomes = { a: [asks('which')] };
    await handle();
    const [id] = store.asked.map(({ question }) => question.id);
    await handle();
    agent.pass(HOUR);
    await handle();
    expect(questions.told).toEqual([`ask ${id}`, `ask ${id}`, `ask ${id}-2`]);
    await store.begin('acme', id!, '90');
    await handle();
    expect(questions.told).toHaveLength(3);
  });

  it('resume after a human re-runs finished steps: no, neither models nor tools, failed ones included', async () => {
    agent.answers.push(wants('works', 'fails', 'asks'), says({ text: 'booked' }));
    outcomes = {
      fails: [{ ok: false, version: 2, failure: { code: 'TOOL_FAILED', message: 'Expected luck, but no' } }],
      asks: [asks('which')],
    };
    await handle();
    await answerTo(0, 'Monday');
    expect(await handle()).toMatchObject({ kind: 'complete' });
    const orders = made.map(({ arguments: given }) => (given as { orderId: string }).orderId);
    expect(orders).toEqual(['works', 'fails', 'asks', 'asks']);
    expect(agent.asked).toHaveLength(2);
    const told = agent.asked[1]?.messages.filter(({ role }) => role === 'tool').map(({ text }) => text);
    expect(told).toEqual([
      '{"status":"booked"}',
      'TOOL_FAILED: Expected luck, but no',
      '{"status":"booked"}',
    ]);
  });

  it('several that ask at once are answered one by one, and the job goes on with each', async () => {
    agent.answers.push(wants('a', 'b'), says({ text: 'booked' }));
    outcomes = { a: [asks('first')], b: [asks('second')] };
    await handle();
    await answerTo(1, 'Monday');
    expect(await handle()).toMatchObject({ kind: 'wait' });
    expect(store.asked).toHaveLength(1);
    await answerTo(0, 'Tuesday');
    expect(await handle()).toMatchObject({ kind: 'complete' });
    expect(made).toHaveLength(4);
  });

  it('may ask again and again; what it is told is all that was answered', async () => {
    agent.answers.push(wants('a'), says({ text: 'booked' }));
    outcomes = { a: [asks('one'), asks('two')] };
    await handle();
    await answerTo(0, 'Monday');
    await handle();
    await answerTo(1, 'Tuesday');
    await handle();
    expect([Object.keys(made[2]?.answers ?? {}), made[2]?.resume]).toEqual([['one', 'two'], { from: 'two' }]);
    const [record] = agent.calls.records.filter(({ kind }) => kind === 'tool');
    expect(record?.answers?.map(({ question, answer }) => [question.message, answer])).toEqual([
      ['one?', { action: 'accept', content: { day: 'Monday' } }],
      ['two?', { action: 'accept', content: { day: 'Tuesday' } }],
    ]);
  });

  it('that asks what was answered already has failed', async () => {
    agent.answers.push(wants('a'), says({ text: 'so be it' }));
    outcomes = { a: [asks('which'), asks('which')] };
    await handle();
    await answerTo(0, 'Monday');
    expect(await handle()).toMatchObject({ kind: 'complete', variables: { text: 'so be it' } });
  });

  it('an answer that came while the job was being kept is not slept over', async () => {
    agent.answers.push(wants('a'));
    outcomes = { a: [asks('which')] };
    const waits = await handle();
    await answerTo(0, 'Monday');
    expect(waits.kind === 'wait' && (await waits.over())).toBe(true);
    expect(questions.told.filter((each) => each.startsWith('keep'))).toEqual([]);
  });
});

describe('an approval', () => {
  const approval = (given: object): ToolOutcome => ({
    ok: false,
    version: 2,
    failure: { code: 'TOOL_APPROVAL_REQUIRED', message: 'Expected somebody to approve, but nobody has' },
    question: { id: 'ok', kind: 'approval', message: 'May it?', schema: {}, proposed: given as never },
  });
  const decide = (answer: Parameters<typeof questions.answer>[2]) =>
    questions.answer('acme', store.asked[0]!.question.id, answer);

  it('approved tool not run: it is run, and its result is what the model hears', async () => {
    agent.answers.push(wants('a'), says({ text: 'fine' }));
    outcomes = { a: [approval({ orderId: 'a' })] };
    await handle();
    await decide({ action: 'accept', content: { orderId: 'a' } });
    await handle();
    expect(made).toHaveLength(2);
    // Result replaced by the approval: it is not.
    expect(agent.asked[1]?.messages.at(-1)).toMatchObject({ role: 'tool', text: '{"status":"booked"}' });
  });

  it('changed arguments are what is recorded; the call is still found by what the model asked for', async () => {
    agent.answers.push(wants('a'), says({ text: 'fine' }));
    outcomes = { a: [approval({ orderId: 'a' })] };
    await handle();
    await decide({ action: 'accept', content: { orderId: 'b' } });
    await handle();
    expect(agent.calls.records.find(({ kind }) => kind === 'tool')?.request).toMatchObject({
      arguments: { orderId: 'b' },
    });
    expect(await handle()).toMatchObject({ kind: 'complete' });
    expect(made).toHaveLength(2);
  });

  it('that is declined is told to the model, which goes on', async () => {
    agent.answers.push(wants('a'), says({ text: 'then not' }));
    outcomes = {
      a: [
        approval({ orderId: 'a' }),
        { ok: false, version: 2, failure: { code: 'TOOL_DECLINED', message: 'Expected a yes, but no' } },
      ],
    };
    await handle();
    await decide({ action: 'decline' });
    expect(await handle()).toMatchObject({ kind: 'complete', variables: { text: 'then not' } });
    expect(agent.asked[1]?.messages.at(-1)?.text).toBe('TOOL_DECLINED: Expected a yes, but no');
  });
});

describe('a task of type tool that asks', () => {
  it('goes on with the version and arguments it asked with, whatever they are by now', async () => {
    outcomes = { 'HP-1': [asks('which')] };
    expect(await call()).toMatchObject({ kind: 'wait', ms: HOUR });
    const { catalog } = agent.dependencies.tools;
    agent.dependencies.tools.catalog = {
      ...catalog,
      get: async () => ({ id: 't', definition: orderLookup, version: 3, origin: { kind: 'saved' } }),
    };
    await answerTo(0, 'Monday');
    const outcome = await call({ variables: { orderId: 'HP-2' } });
    expect(outcome).toEqual({ kind: 'complete', variables: { status: 'booked' } });
    expect(made.map(({ version, arguments: given }) => [version, given])).toEqual([
      [2, { orderId: 'HP-1' }],
      [2, { orderId: 'HP-1' }],
    ]);
  });

  it('ends as an incident when it is declined, at once', async () => {
    outcomes = {
      'HP-1': [
        asks('ok'),
        { ok: false, version: 2, failure: { code: 'TOOL_DECLINED', message: 'Expected a yes, but no' } },
      ],
    };
    await call();
    await questions.answer('acme', store.asked[0]!.question.id, { action: 'decline' });
    expect(await call()).toMatchObject({ kind: 'fail', retries: 0 });
  });
});

describe('a tool in quarantine', () => {
  const quarantined: ToolOutcome = {
    ok: false,
    version: 2,
    failure: {
      code: 'TOOL_QUARANTINED',
      message: 'Expected the tool as accepted, but it differs:\n- description',
    },
  };

  it.each([
    ['an agent', () => handle()],
    ['a task', () => call()],
  ])('of %s is an incident with the difference; after its acceptance a retry goes on', async (_who, run) => {
    agent.answers.push(wants('HP-1'), says({ text: 'booked' }));
    outcomes = { 'HP-1': [quarantined] };
    expect(await run()).toEqual({
      kind: 'fail',
      retries: 0,
      message: 'TOOL_QUARANTINED: Expected the tool as accepted, but it differs:\n- description',
    });
    expect(await run()).toMatchObject({ kind: 'complete' });
    expect(agent.asked.length).toBeLessThanOrEqual(2);
  });
});

describe('a run on request', () => {
  it('waits for the answer and tells of it', async () => {
    agent.answers.push(wants('a'), says({ text: 'booked' }));
    outcomes = { a: [asks('which')] };
    const events: RunEvent[] = [];
    const run = agent.run({ waits: true }, never, events);
    await expect.poll(() => store.asked.length).toBe(1);
    await answerTo(0, 'Monday');
    expect((await run).result).toEqual(ok({ text: 'booked' }));
    const told = events.filter(({ event }) => event.startsWith('question'));
    expect(told).toMatchObject([
      { event: 'question.asked', data: { callId: 'a', tool: 'order-lookup', message: 'which?' } },
      { event: 'question.answered', data: { callId: 'a', action: 'accept' } },
    ]);
  });

  it('ends at its time though nobody has answered', async () => {
    agent.answers.push(wants('a'));
    outcomes = { a: [asks('which')] };
    const run = agent.run({ waits: true });
    await expect.poll(() => store.asked.length).toBe(1);
    agent.pass(20_000);
    expect((await run).result).toMatchObject(failed({ code: 'BUDGET_EXCEEDED' }));
  });
});

describe('the process that asks', () => {
  const take = (variables: Job['variables'], processInstanceKey = '90') =>
    createQuestionHandler({ store, questions })(
      job({ type: 'baton-question', processInstanceKey, variables }),
      never,
    );
  const taken = { kind: 'complete', variables: { taken: true, settled: false } };
  const settled = { kind: 'complete', variables: { settled: true } };

  beforeEach(async () => {
    outcomes = { 'HP-1': [asks('which')] };
    await call();
  });
  const question = () => ({ id: store.asked[0]!.question.id });

  it('asks in one instance only', async () => {
    expect(await take({ question: question() })).toEqual(taken);
    expect(await take({ question: question() }, '91')).toEqual(settled);
    expect(await take({ question: question() })).toEqual(taken);
  });

  it.each([
    [undefined, 'there is none'],
    [{ action: 'maybe' }, 'its action is "maybe"'],
    [{ action: 'accept', content: 'Monday' }, 'an object'],
    [{ action: 'accept', content: { day: 5 } }, 'day'],
  ])('sends back %j with what is wrong', async (answer, problem) => {
    const outcome = await take({ question: question(), taken: true, answer: (answer ?? null) as never });
    expect(outcome).toMatchObject({ kind: 'complete', variables: { settled: false, answer: null } });
    expect(outcome.kind === 'complete' && outcome.variables.problem).toContain(problem);
  });

  it('takes the answer, and wakes the job that waits for it', async () => {
    await questions.sleep({ tenantId: 'acme', elementInstanceKey: '3', jobKey: '7' }, [question().id]);
    const answer = { action: 'accept', content: { day: 'Monday' } };
    expect(await take({ question: question(), taken: true, answer })).toEqual(settled);
    expect([store.asked[0]?.answer, questions.told.at(-1)]).toEqual([answer, 'keep 7 1']);
  });

  it('ends when nobody asks any more', async () => {
    const asked = question();
    await questions.withdraw('acme', [asked.id]);
    expect(await take({ question: asked })).toEqual(settled);
    expect(await take({ question: { id: 5 } })).toEqual(settled);
    expect(await take({})).toEqual(settled);
  });
});

describe('what has ended', () => {
  const follow = (state: 'ACTIVE' | 'TERMINATED' = 'ACTIVE', gone = false) =>
    followQuestions({
      store,
      questions,
      engine: {
        jobs: {
          updateTimeout: async () => (gone ? failed({ code: 'NOT_FOUND', message: 'no such job' }) : ok()),
        },
        queries: { instance: async () => ok({ state } as never) },
      },
      running: async () => false,
      failed: (error) => expect.unreachable(String(error)),
    });
  const terminated = (key: string) => ({
    position: 1,
    timestamp: 1,
    recordType: 'EVENT' as const,
    valueType: 'PROCESS_INSTANCE',
    intent: 'ELEMENT_TERMINATED',
    key,
    tenantId: 'acme',
    value: {},
  });

  beforeEach(async () => {
    outcomes = { 'HP-1': [asks('which')] };
    await call();
    await store.begin('acme', store.asked[0]!.question.id, '90');
  });

  it.each(['3', '1'])('takes its questions with it: %s', async (key) => {
    await follow().hear([terminated(key)]);
    expect([store.asked, questions.told.at(-1)]).toEqual([[], 'cancel 90']);
  });

  it('if it is what asks the person, leaves the question unanswered', async () => {
    await follow().hear([terminated('90')]);
    expect(store.asked[0]?.answer).toEqual({ action: 'cancel' });
  });

  it('unseen, is found later: by its instance or by its job', async () => {
    await follow('ACTIVE').sweep('acme');
    expect(store.asked).toHaveLength(1);
    await follow('TERMINATED').sweep('acme');
    expect(store.asked).toEqual([]);

    outcomes = { 'HP-1': [asks('which')] };
    const waits = await call();
    if (waits.kind === 'wait') await waits.over();
    await follow('ACTIVE', true).sweep('acme');
    expect([store.asked, await store.sleeping('acme')]).toEqual([[], []]);
  });
});

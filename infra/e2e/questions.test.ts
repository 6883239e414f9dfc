import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, signedIn } from './api.ts';
import { bookRoom, callingProcess } from './askingProcess.ts';
import { stage } from './stage.ts';

const patience = { timeout: 30_000, interval: 100 };

const refund = {
  description: 'Pays a refund: amount of money paid back',
  input: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
  output: { type: 'object' },
  approval: 'always',
  sideEffect: true,
  source: 'export default defineTool({ run: ({ amount }) => ({ paid: amount }) });',
};

interface Task {
  key: string;
  instanceKey: string;
  bpmnProcessId: string;
  variables: {
    question: { kind: string; tool: string; message: string; proposed?: object };
    problem?: string;
  };
}

describe('a question of a tool', () => {
  const on = stage();
  let api: Api;
  let cashier: string;

  beforeAll(async () => {
    api = await signedIn(on.product.address, 'admin');
    for (const [name, content] of Object.entries({ 'book-room': bookRoom, refund })) {
      const { id } = await api.post('/tools', { name, content });
      await api.put(`/tools/${id}/grants`, bookRoom.capabilities);
      const xml = callingProcess(`calls-${name}`, name);
      const workflow = await api.post('/workflows', { name: `calls-${name}`, xml });
      await api.post('/deployments', { workflowId: workflow.id });
    }
    ({ id: cashier } = await api.post('/agents', {
      name: 'cashier',
      content: {
        provider: 'mock',
        model: 'mock-1',
        systemPrompt: 'Pay a refund of money back.',
        userPrompt: '',
        tools: ['refund'],
      },
    }));
    const xml = callingProcess('asks-cashier', 'cashier', 'agent');
    const { id: workflowId } = await api.post('/workflows', { name: 'asks-cashier', xml });
    await api.post('/deployments', { workflowId });
  }, 240_000);
  async function openTasks(): Promise<Task[]> {
    const { items } = await api.get<{ items: Task[] }>('/user-tasks?state=CREATED&limit=50');
    const asked = items.filter(({ bpmnProcessId }) => bpmnProcessId === 'baton-question');
    return Promise.all(asked.map(({ key }) => api.get<Task>(`/user-tasks/${key}`)));
  }
  const aTask = (matches: (task: Task) => boolean = () => true) =>
    expect.poll(async () => (await openTasks()).filter(matches).length, patience).toBe(1);
  const start = (bpmnProcessId: string, variables: object) =>
    api.post('/instances', { bpmnProcessId, variables });
  const answer = (key: string, given: object) =>
    api.post(`/user-tasks/${key}/completion`, { variables: { answer: given } });
  const resultOf = async (key: string) => {
    await expect
      .poll(async () => (await api.get<{ state: string }>(`/instances/${key}`)).state, patience)
      .toBe('COMPLETED');
    const { items } = await api.get<{ items: { name: string; value: unknown }[] }>(
      `/instances/${key}/variables`,
    );
    return items.find(({ name }) => name === 'result')?.value;
  };

  it('waits for a person through kill -9, takes no wrong answer, and goes on with the right one', async () => {
    const { key } = await start('calls-book-room', { guest: 'Ada' });
    await aTask();
    await on.product.kill();
    await on.startAgain();
    api = await signedIn(on.product.address, 'admin');
    const [task] = await openTasks();
    expect(task?.variables.question).toMatchObject({
      kind: 'input',
      tool: 'book-room',
      message: 'Which day for Ada?',
    });
    await answer(task!.key, { action: 'accept', content: { day: 'no' } });
    await aTask(({ variables }) => variables.problem !== undefined);
    const [again] = await openTasks();
    expect(again?.variables.problem).toContain('at least 3');
    await answer(again!.key, { action: 'accept', content: { day: 'Monday' } });
    expect(await resultOf(key)).toEqual({ guest: 'Ada', day: 'Monday', begun: 1 });
    expect(await openTasks()).toEqual([]);
  }, 300_000);

  it('is withdrawn when the process that asks is cancelled', async () => {
    const { key } = await start('calls-book-room', { guest: 'Eva' });
    await aTask();
    await api.post(`/instances/${key}/cancellation`);
    await expect.poll(openTasks, patience).toEqual([]);
  }, 60_000);

  it('lets a person change the arguments: those are run and recorded', async () => {
    const { key } = await start('calls-refund', { amount: 500 });
    await aTask();
    const [task] = await openTasks();
    expect(task?.variables.question).toMatchObject({ kind: 'approval', proposed: { amount: 500 } });
    await answer(task!.key, { action: 'accept', content: { amount: 5 } });
    expect(await resultOf(key)).toEqual({ paid: 5 });
    const { items } = await api.get<{ items: { request: object }[] }>(`/instances/${key}/calls`);
    expect(items.map(({ request }) => request)).toMatchObject([{ tool: 'refund', arguments: { amount: 5 } }]);
  }, 60_000);

  it('of an agent in a process: declined is told to the model, and the process goes on', async () => {
    const { key } = await start('asks-cashier', { message: 'Pay a refund, money back', amount: 70 });
    await aTask();
    const [task] = await openTasks();
    expect(task?.variables.question).toMatchObject({ kind: 'approval', proposed: { amount: 70 } });
    await answer(task!.key, { action: 'decline' });
    expect(await resultOf(key)).toHaveProperty('text');
    const { items } = await api.get<{
      items: { kind: string; error: { code: string } | null; answers?: { answer: object }[] }[];
    }>(`/instances/${key}/calls`);
    expect(items.map(({ kind, error }) => [kind, error?.code])).toEqual([
      ['model', undefined],
      ['tool', 'TOOL_DECLINED'],
      ['model', undefined],
    ]);
    expect(items[1]?.answers).toMatchObject([{ answer: { action: 'decline' } }]);
  }, 60_000);

  it('of a run on request is told in its events, and the run waits for the answer', async () => {
    const told: { event: string; data: unknown }[] = [];
    const ended = api.events(
      `/agents/${cashier}/run`,
      { prompt: 'Pay a refund, an amount of money back: {"amount": 70}' },
      (event) => void told.push(event),
    );
    await aTask();
    const [task] = await openTasks();
    await answer(task!.key, { action: 'accept', content: { amount: 7 } });
    await ended;
    const names = told
      .map(({ event }) => event)
      .filter((event) => event !== 'text.delta' && event !== 'usage');
    expect(names).toEqual([
      'run.started',
      'tool.started',
      'question.asked',
      'question.answered',
      'tool.finished',
      'run.finished',
    ]);
    expect(told.find(({ event }) => event === 'tool.finished')?.data).toMatchObject({ result: { paid: 7 } });
  }, 60_000);
});

import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  catchMessage,
  end,
  eventGateway,
  messageBoundary,
  messageEnd,
  parallelGateway,
  path,
  receiveTask,
  sendTask,
  serviceTask,
  start,
  startMessage,
  throwMessage,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const message = (timeToLive: number) =>
  commands.publishMessage(
    { name: 'paid', correlationKey: 'order-1', messageId: 'id1', timeToLive, variables: {} },
    '<default>',
  );

it('a message id may come again only when the first is no longer buffered', async () => {
  const scenario = await Scenario.begin();
  expect((await scenario.execute(message(60_000))).ok).toBe(true);
  expect(await scenario.execute(message(60_000))).toEqual({
    ok: false,
    failure: {
      type: 'ALREADY_EXISTS',
      reason:
        "Expected to publish a new message with id 'id1', but a message with that id was already published",
    },
  });
  await scenario.wait(60_000);
  expect((await scenario.execute(message(0))).ok).toBe(true);
  expect((await scenario.execute(message(0))).ok).toBe(true);
  expect(scenario.events('MESSAGE').map(({ intent }) => intent)).toEqual([
    'PUBLISHED',
    'EXPIRED',
    'PUBLISHED',
    'EXPIRED',
    'PUBLISHED',
    'EXPIRED',
  ]);
});

async function deployed(xml: string): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  return scenario;
}

async function publish(
  scenario: Scenario,
  name: string,
  correlationKey: string,
  options: { variables?: object; timeToLive?: number } = {},
): Promise<void> {
  const { variables = {}, timeToLive = 0 } = options;
  const published = { name, correlationKey, messageId: '', timeToLive, variables: { ...variables } };
  accepted(await scenario.within(commands.publishMessage(published, scenario.tenantId)));
}

const begun = (scenario: Scenario) =>
  scenario.trace('ELEMENT_ACTIVATED').filter((entry) => entry.endsWith(' order')).length;

describe('a message catch event', () => {
  const waiting = bpmn('order', start(), catchMessage('paid', 'M1'), end(), path('start', 'paid', 'end'));

  it('goes on with the message of its name and key, and with what that brings', async () => {
    const scenario = await deployed(waiting);
    await scenario.started('order', { key: 'o-1' });
    await publish(scenario, 'M2', 'o-1');
    await publish(scenario, 'M1', 'o-2');
    expect(scenario.completed).toEqual(['start']);
    await publish(scenario, 'M1', 'o-1', { variables: { amount: 7 } });
    expect(scenario.completed).toEqual(['start', 'paid', 'end', 'order']);
    expect(scenario.variables()).toEqual({ order: { key: 'o-1', amount: 7 } });
    expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION').map(({ intent }) => intent)).toEqual([
      'CREATING',
      'CREATED',
      'CORRELATED',
    ]);
    expect(scenario.events('MESSAGE_SUBSCRIPTION').map(({ intent }) => intent)).toEqual([
      'CREATED',
      'CORRELATING',
      'CORRELATED',
    ]);
  });

  it('brings out only what its output mappings say', async () => {
    const scenario = await deployed(
      bpmn(
        'order',
        start(),
        catchMessage('paid', 'M1', [['=amount * 2', 'total']]),
        end(),
        path('start', 'paid', 'end'),
      ),
    );
    await scenario.started('order', { key: 'o-1' });
    await publish(scenario, 'M1', 'o-1', { variables: { amount: 7 } });
    expect(scenario.variables().order).toEqual({ key: 'o-1', total: 14 });
  });

  it('takes a number for a key', async () => {
    const scenario = await deployed(waiting);
    await scenario.started('order', { key: 17 });
    await publish(scenario, 'M1', '17');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('stops with an incident without a key, and waits when it has one', async () => {
    const scenario = await deployed(waiting);
    const key = await scenario.started('order');
    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'EXTRACT_VALUE_ERROR',
        errorMessage:
          "Failed to extract the correlation key for 'key': The value must be either a string or a number, but was 'NULL'. The evaluation reported the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'key'",
        elementId: 'paid',
      },
    ]);
    accepted(await scenario.execute(commands.setVariables(key, { key: 'o-1' }, 'LOCAL')));
    accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
    await publish(scenario, 'M1', 'o-1');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('finds the message that came before it, the oldest first', async () => {
    const scenario = await deployed(waiting);
    await publish(scenario, 'M1', 'o-1', { timeToLive: 60_000, variables: { n: 1 } });
    await publish(scenario, 'M1', 'o-1', { timeToLive: 60_000, variables: { n: 2 } });
    for (let order = 0; order < 2; order++) await scenario.started('order', { key: 'o-1' });
    expect(
      scenario
        .events('VARIABLE')
        .filter(({ value }) => value.name === 'n')
        .map(({ value }) => value.value),
    ).toEqual([1, 2]);
    await scenario.started('order', { key: 'o-1' });
    expect(scenario.completed.filter((id) => id === 'order')).toHaveLength(2);
  });

  it('does not find a message whose time to live is over', async () => {
    const scenario = await deployed(waiting);
    await publish(scenario, 'M1', 'o-1', { timeToLive: 1_000 });
    await scenario.wait(1_000);
    await scenario.started('order', { key: 'o-1' });
    expect(scenario.completed).toEqual(['start']);
  });

  it('hears nothing of the messages of other tenants', async () => {
    const scenario = await deployed(waiting);
    await scenario.started('order', { key: 'o-1' });
    await publish(scenario.as('other'), 'M1', 'o-1');
    expect(scenario.completed).toEqual(['start']);
  });

  it('waits no longer when its instance is canceled', async () => {
    const scenario = await deployed(waiting);
    const key = await scenario.started('order', { key: 'o-1' });
    accepted(await scenario.execute(commands.cancelInstance(key)));
    expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION').map(({ intent }) => intent)).toEqual([
      'CREATING',
      'CREATED',
      'DELETING',
      'DELETED',
    ]);
    await publish(scenario, 'M1', 'o-1');
    expect(scenario.terminated).toEqual(['paid', 'order']);
  });
});

it('one message reaches one element of a process, whichever of its instances wait', async () => {
  const scenario = await deployed(
    bpmn(
      'order',
      start(),
      parallelGateway('fork'),
      catchMessage('a', 'M1'),
      catchMessage('b', 'M1'),
      path('start', 'fork', 'a'),
      path('fork', 'b'),
    ),
  );
  await scenario.deploy(bpmn('bill', start(), receiveTask('wait', 'M1'), path('start', 'wait')), 'bill.bpmn');
  await scenario.started('order', { key: 'k' });
  await scenario.started('order', { key: 'k' });
  await scenario.started('bill', { key: 'k' });
  await publish(scenario, 'M1', 'k', { timeToLive: 60_000 });
  expect(scenario.completed.filter((id) => id === 'a' || id === 'b')).toHaveLength(1);
  expect(scenario.completed).toContain('wait');
});

describe('a receive task', () => {
  it('maps its key in and the message out', async () => {
    const scenario = await deployed(
      bpmn(
        'order',
        start(),
        receiveTask('paid', 'M1', { inputs: [['=id', 'key']], outputs: [['=amount', 'total']] }),
        end(),
        path('start', 'paid', 'end'),
      ),
    );
    await scenario.started('order', { id: 'o-1' });
    await publish(scenario, 'M1', 'o-1', { variables: { amount: 7 } });
    expect(scenario.variables().order).toEqual({ id: 'o-1', total: 7 });
    expect(scenario.completed.at(-1)).toBe('order');
  });
});

describe('a message on a task', () => {
  const watched = (interrupting: boolean) =>
    bpmn(
      'order',
      start(),
      serviceTask('work'),
      messageBoundary('news', 'work', 'M1', { interrupting }),
      serviceTask('handle'),
      path('start', 'work'),
      path('news', 'handle'),
    );

  it('ends the task when it interrupts', async () => {
    const scenario = await deployed(watched(true));
    await scenario.started('order', { key: 'k' });
    await publish(scenario, 'M1', 'k', { variables: { why: 'late' } });
    expect(scenario.terminated).toEqual(['work']);
    await scenario.complete('handle');
    expect(scenario.completed.at(-1)).toBe('order');
    expect(scenario.variables().order).toEqual({ key: 'k', why: 'late' });
  });

  it('comes again and again when it does not, until the task is done', async () => {
    const scenario = await deployed(watched(false));
    await scenario.started('order', { key: 'k' });
    await publish(scenario, 'M1', 'k');
    await publish(scenario, 'M1', 'k');
    expect(scenario.completed.filter((id) => id === 'news')).toHaveLength(2);
    await scenario.complete('work');
    await publish(scenario, 'M1', 'k');
    expect(scenario.completed.filter((id) => id === 'news')).toHaveLength(2);
  });
});

it('an event-based gateway goes on with the message that comes first', async () => {
  const scenario = await deployed(
    bpmn(
      'order',
      start(),
      eventGateway('first'),
      catchMessage('yes', 'M1'),
      catchMessage('no', 'M2'),
      path('start', 'first', 'yes'),
      path('first', 'no'),
    ),
  );
  await scenario.started('order', { key: 'k' });
  await publish(scenario, 'M2', 'k', { variables: { reason: 'price' } });
  await publish(scenario, 'M1', 'k');
  expect(scenario.completed).toEqual(['start', 'first', 'no', 'order']);
  expect(scenario.variables()).toMatchObject({ order: { key: 'k', reason: 'price' } });
});

it('an event-based gateway takes one of two messages that wait already', async () => {
  const scenario = await deployed(
    bpmn(
      'order',
      start(),
      eventGateway('first'),
      catchMessage('yes', 'M1'),
      catchMessage('no', 'M2'),
      path('start', 'first', 'yes'),
      path('first', 'no'),
    ),
  );
  await publish(scenario, 'M1', 'k', { timeToLive: 60_000 });
  await publish(scenario, 'M2', 'k', { timeToLive: 60_000 });
  await scenario.started('order', { key: 'k' });
  expect(scenario.completed.filter((id) => id === 'yes' || id === 'no')).toHaveLength(1);
  expect(scenario.events('PROCESS_MESSAGE_SUBSCRIPTION', 'CORRELATED')).toHaveLength(1);
  expect(scenario.completed.at(-1)).toBe('order');
});

describe('a message start event', () => {
  const ordered = bpmn('order', startMessage('asked', 'M1'), serviceTask('work'), path('asked', 'work'));

  it('begins an instance with what the message brings', async () => {
    const scenario = await deployed(ordered);
    await publish(scenario, 'M1', '', { variables: { amount: 7 } });
    await publish(scenario, 'M1', '');
    expect(begun(scenario)).toBe(2);
    expect(scenario.variables()).toEqual({ asked: { amount: 7 }, order: { amount: 7 } });
  });

  it('begins the next instance of a correlation key when the last has ended', async () => {
    const scenario = await deployed(ordered);
    for (const n of [1, 2, 3]) await publish(scenario, 'M1', 'o-1', { timeToLive: 60_000, variables: { n } });
    await publish(scenario, 'M1', 'o-2', { variables: { n: 0 } });
    expect(begun(scenario)).toBe(2);
    const [first] = await scenario.activate('work');
    accepted(await scenario.execute(commands.completeJob(first!.key, {})));
    expect(begun(scenario)).toBe(3);
    expect((await scenario.job('work')).variables).toEqual({ n: 2 });

    const running = scenario.events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED').at(-1)!.value.processInstanceKey;
    accepted(await scenario.execute(commands.cancelInstance(running)));
    expect(begun(scenario)).toBe(4);
    expect((await scenario.job('work')).variables).toEqual({ n: 3 });
  });

  it('drops what waits for the correlation key longer than it lives', async () => {
    const scenario = await deployed(ordered);
    await publish(scenario, 'M1', 'o-1');
    await publish(scenario, 'M1', 'o-1', { timeToLive: 1_000 });
    await scenario.wait(1_000);
    await scenario.complete('work');
    expect(begun(scenario)).toBe(1);
  });

  it('of a new version takes the place of the old one', async () => {
    const scenario = await deployed(ordered);
    await scenario.deploy(ordered.replace('"M1"', '"M3"'));
    await publish(scenario, 'M1', '');
    expect(begun(scenario)).toBe(0);
    await publish(scenario, 'M3', '');
    expect(begun(scenario)).toBe(1);
  });

  it('has a name that needs no variables, or is not deployed', async () => {
    const scenario = await Scenario.begin();
    const named = (name: string) => ordered.replace('name="M1"', `name="${name}"`);
    const outcome = await scenario.execute(
      commands.deploy([{ resourceName: 'a.bpmn', resource: named('=topic') }], scenario.tenantId),
    );
    expect(!outcome.ok && outcome.failure.reason).toContain('- Element: asked');
    await scenario.deploy(named('=&quot;M&quot; + string(9)'));
    await publish(scenario, 'M9', '');
    expect(begun(scenario)).toBe(1);
  });
});

it.each([
  ['send task', sendTask('send')],
  ['message throw event', throwMessage('send')],
  ['message end event', messageEnd('send')],
])('a %s is work for a job worker', async (_name, element) => {
  const scenario = await deployed(bpmn('order', start(), element, path('start', 'send')));
  await scenario.started('order', { to: 'ann' });
  expect((await scenario.job('send')).variables).toEqual({ to: 'ann' });
  const { key } = scenario.events('JOB', 'CREATED')[0]!;
  accepted(await scenario.execute(commands.completeJob(key, { sent: true })));
  expect(scenario.completed).toEqual(['start', 'send', 'order']);
  expect(scenario.variables()).toEqual({ order: { to: 'ann', sent: true } });

  const canceled = await scenario.started('order');
  accepted(await scenario.execute(commands.cancelInstance(canceled)));
  expect(scenario.events('JOB', 'CANCELED')).toHaveLength(1);
});

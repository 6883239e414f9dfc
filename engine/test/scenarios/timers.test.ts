import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  catchTimer,
  end,
  eventGateway,
  path,
  serviceTask,
  start,
  startTimer,
  timerBoundary,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(xml: string, variables = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

const iso = (at: number) => new Date(at).toISOString();

describe('a timer catch event', () => {
  const pausing = (time: Parameters<typeof catchTimer>[1]) =>
    bpmn('order', start(), catchTimer('pause', time), end(), path('start', 'pause', 'end'));

  it('waits for its duration and never less', async () => {
    const scenario = await running(pausing({ duration: '=wait' }), { wait: 'PT10S' });
    await scenario.wait(9_999);
    expect(scenario.completed).toEqual(['start']);
    await scenario.wait(1);
    expect(scenario.completed).toEqual(['start', 'pause', 'end', 'order']);
    expect(scenario.events('PROCESS_EVENT').map(({ intent }) => intent)).toEqual(['TRIGGERING', 'TRIGGERED']);
  });

  it('waits for its date; one that has passed is due at once', async () => {
    const { now } = await Scenario.begin();
    const later = await running(pausing({ date: iso(now + 5_000) }));
    expect(later.completed).toEqual(['start']);
    await later.wait(5_000);
    expect(later.completed.at(-1)).toBe('order');

    const passed = await running(pausing({ date: iso(now - 5_000) }));
    await passed.wait(0);
    expect(passed.completed.at(-1)).toBe('order');
  });

  it('stops with an incident when its time cannot be read, and goes on when it can', async () => {
    const scenario = await running(pausing({ duration: '=wait' }), { wait: 'abc' });
    expect(scenario.incidents).toMatchObject([
      {
        errorType: 'EXTRACT_VALUE_ERROR',
        errorMessage: "Invalid duration format 'abc' for expression 'wait'.",
        elementId: 'pause',
      },
    ]);
    const root = scenario.events('PROCESS_INSTANCE')[0]!.key;
    accepted(await scenario.execute(commands.setVariables(root, { wait: 'PT1S' }, 'LOCAL')));
    accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
    await scenario.wait(1_000);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('is gone with its instance', async () => {
    const scenario = await running(pausing({ duration: 'PT10S' }));
    accepted(await scenario.execute(commands.cancelInstance(scenario.events('PROCESS_INSTANCE')[0]!.key)));
    expect(scenario.terminated).toEqual(['pause', 'order']);
    expect(scenario.events('TIMER').map(({ intent }) => intent)).toEqual(['CREATED', 'CANCELED']);
    await scenario.wait(60_000);
    expect(scenario.events('TIMER', 'TRIGGERED')).toEqual([]);
  });
});

describe('an event-based gateway', () => {
  const racing = bpmn(
    'order',
    start(),
    eventGateway('first'),
    catchTimer('soon', { duration: '=soon' }),
    catchTimer('late', { duration: 'PT1M' }),
    end('quick'),
    end('slow'),
    path('start', 'first', 'soon', 'quick'),
    path('first', 'late', 'slow'),
  );

  it('goes on where the first event happens, and waits for no other', async () => {
    const scenario = await running(racing, { soon: 'PT10S' });
    await scenario.wait(10_000);
    expect(scenario.trace().slice(4)).toEqual([
      'ELEMENT_COMPLETING start',
      'ELEMENT_COMPLETED start',
      'SEQUENCE_FLOW_TAKEN start-first',
      'ELEMENT_ACTIVATING first',
      'ELEMENT_ACTIVATED first',
      'ELEMENT_COMPLETING first',
      'ELEMENT_COMPLETED first',
      'ELEMENT_ACTIVATING soon',
      'ELEMENT_ACTIVATED soon',
      'ELEMENT_COMPLETING soon',
      'ELEMENT_COMPLETED soon',
      'SEQUENCE_FLOW_TAKEN soon-quick',
      'ELEMENT_ACTIVATING quick',
      'ELEMENT_ACTIVATED quick',
      'ELEMENT_COMPLETING quick',
      'ELEMENT_COMPLETED quick',
      'ELEMENT_COMPLETING order',
      'ELEMENT_COMPLETED order',
    ]);
    expect(scenario.events('TIMER', 'CANCELED').map(({ value }) => value.targetElementId)).toEqual(['late']);
  });

  it('takes one path when two events are due at the same moment', async () => {
    const scenario = await running(racing, { soon: 'PT1M' });
    await scenario.wait(60_000);
    expect(scenario.events('TIMER', 'TRIGGERED')).toHaveLength(1);
    expect(scenario.completed.filter((id) => id === 'quick' || id === 'slow')).toHaveLength(1);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('opens nothing when one of its events cannot be read', async () => {
    const scenario = await running(racing, { soon: 7 });
    expect(scenario.incidents).toMatchObject([{ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'first' }]);
    expect(scenario.events('TIMER')).toEqual([]);
  });

  it('is not entered behind its back', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(racing);
    const outcome = await scenario.execute(
      commands.createInstance(
        {
          bpmnProcessId: 'order',
          version: -1,
          processDefinitionKey: -1,
          variables: {},
          startInstructions: [{ elementId: 'soon' }],
        },
        '<default>',
      ),
    );
    expect(outcome).toMatchObject({ ok: false, failure: { type: 'INVALID_ARGUMENT' } });
  });
});

describe('a timer start event', () => {
  const repeating = (cycle: string) =>
    bpmn('order', startTimer('tick', { cycle }), serviceTask('work'), path('tick', 'work'));
  const started = (scenario: Scenario) =>
    scenario.trace('ELEMENT_ACTIVATED').filter((entry) => entry === 'ELEMENT_ACTIVATED work').length;

  it('begins an instance as often as its cycle says', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(repeating('R2/PT1H'));
    await scenario.wait(3_600_000);
    expect(started(scenario)).toBe(1);
    await scenario.wait(10 * 3_600_000);
    expect(started(scenario)).toBe(2);
    expect(scenario.completed).toEqual(['tick', 'tick']);
  });

  it('begins one instance at its date', async () => {
    const scenario = await Scenario.begin();
    const date = `=date and time("${iso(scenario.now + 1_000)}")`;
    await scenario.deploy(bpmn('order', startTimer('tick', { date }), end(), path('tick', 'end')));
    await scenario.wait(1_000);
    await scenario.wait(60_000);
    expect(scenario.completed).toEqual(['tick', 'end', 'order']);
  });

  it('of a new version takes the place of the old one', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(repeating('R/PT1H'));
    await scenario.deploy(repeating('R/PT2H'));
    expect(scenario.events('TIMER', 'CANCELED')).toHaveLength(1);
    await scenario.wait(2 * 3_600_000);
    expect(
      scenario.events('PROCESS_INSTANCE', 'ELEMENT_ACTIVATED').map(({ value }) => value.version),
    ).toEqual([2, 2, 2]);
  });

  it('that is deployed again unchanged goes on as it was', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(repeating('R/PT1H'));
    await scenario.deploy(repeating('R/PT1H'));
    expect(scenario.events('TIMER').map(({ intent }) => intent)).toEqual(['CREATED']);
  });

  it('is no way for a client to begin an instance', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(repeating('R/PT1H'));
    expect(await scenario.create('order')).toEqual({
      ok: false,
      failure: {
        type: 'INVALID_STATE',
        reason: 'Expected to create instance of process with none start event, but there is no such event',
      },
    });
  });

  it('stands beside a none start event', async () => {
    const scenario = await Scenario.begin();
    await scenario.deploy(
      bpmn(
        'order',
        start(),
        startTimer('tick', { cycle: 'R1/PT1H' }),
        end(),
        path('start', 'end'),
        path('tick', 'end'),
      ),
    );
    await scenario.started('order');
    expect(scenario.completed).toEqual(['start', 'end', 'order']);
    await scenario.wait(3_600_000);
    expect(scenario.completed.slice(3)).toEqual(['tick', 'end', 'order']);
  });

  it('whose time needs variables is not deployed', async () => {
    const scenario = await Scenario.begin();
    const outcome = await scenario.execute(
      commands.deploy([{ resourceName: 'a.bpmn', resource: repeating('=wait') }], '<default>'),
    );
    expect(outcome).toMatchObject({ ok: false, failure: { type: 'INVALID_ARGUMENT' } });
    expect(!outcome.ok && outcome.failure.reason).toContain(
      "'a.bpmn': - Element: tick\n    - ERROR: Expected result of the expression 'wait' to be 'STRING', but was 'NULL'.",
    );
  });

  it.each([
    ['0 0 9-17 * * MON-FRI', ['2026-01-02T09:00', '2026-01-02T10:00']],
    ['@daily', ['2026-01-02T00:00', '2026-01-03T00:00']],
    ['0 30 8 1 * ?', ['2026-02-01T08:30', '2026-03-01T08:30']],
  ])('follows the cron expression %s', async (cron, firings) => {
    const scenario = await Scenario.begin();
    await scenario.wait(Date.UTC(2026, 0, 1, 20) - scenario.now);
    await scenario.deploy(repeating(cron));
    for (let firing = 0; firing < firings.length; firing++)
      await scenario.wait(scenario.events('TIMER', 'CREATED').at(-1)!.value.dueDate - scenario.now);
    expect(scenario.events('TIMER', 'TRIGGERED').map(({ value }) => iso(value.dueDate).slice(0, 16))).toEqual(
      firings,
    );
  });

  it.each(['0 0 25 * * *', '0 0 * * *', '@never', 'R/abc'])('is refused with the cycle %s', async (cycle) => {
    const scenario = await Scenario.begin();
    const outcome = await scenario.execute(
      commands.deploy([{ resourceName: 'a.bpmn', resource: repeating(cycle) }], '<default>'),
    );
    expect(!outcome.ok && outcome.failure.reason).toContain('Invalid timer cycle expression (');
  });
});

it('a cron cycle on a task fires beside it as long as it waits', async () => {
  const scenario = await running(
    bpmn(
      'order',
      start(),
      serviceTask('work'),
      timerBoundary('remind', 'work', { cycle: '0 * * * * *' }, { interrupting: false }),
      path('start', 'work'),
    ),
  );
  for (let minute = 0; minute < 3; minute++) await scenario.wait(60_000);
  expect(scenario.completed).toEqual(['start', 'remind', 'remind', 'remind']);
  await scenario.complete('work');
  expect(scenario.completed.at(-1)).toBe('order');
});

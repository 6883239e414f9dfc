import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { bpmn, end, errorBoundary, path, serviceTask, start, subProcess, timerBoundary } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(xml: string, variables = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

const withBoundary = (...events: string[]) =>
  bpmn(
    'order',
    start(),
    serviceTask('work'),
    end(),
    path('start', 'work', 'end'),
    ...events,
    serviceTask('handle'),
    end('handled'),
    path('event', 'handle', 'handled'),
  );

describe('a timer on a task', () => {
  it('ends the task when it interrupts', async () => {
    const scenario = await running(withBoundary(timerBoundary('event', 'work', { duration: 'PT10S' })));
    const job = await scenario.job('work');

    await scenario.wait(9_999);
    expect(scenario.terminated).toEqual([]);
    await scenario.wait(1);

    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.events('JOB', 'CANCELED').map(({ key }) => key)).toEqual([job.key]);
    await scenario.complete('handle');
    expect(scenario.completed.slice(-2)).toEqual(['handled', 'order']);
  });

  it('leaves the task alone when it does not', async () => {
    const scenario = await running(
      withBoundary(timerBoundary('event', 'work', { duration: 'PT10S' }, { interrupting: false })),
    );
    await scenario.wait(10_000);
    await scenario.complete('handle');
    expect(scenario.completed).not.toContain('order');
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('fires a cycle as often as it says, from due date to due date', async () => {
    const scenario = await running(
      withBoundary(timerBoundary('event', 'work', { cycle: 'R3/PT10S' }, { interrupting: false })),
    );
    const begin = scenario.now;
    await scenario.wait(60_000);
    expect(scenario.events('TIMER', 'TRIGGERED').map(({ value }) => value.dueDate - begin)).toEqual([
      10_000, 20_000, 30_000,
    ]);
    expect(await scenario.activate('handle')).toHaveLength(3);
  });

  it('may name a date in a variable, which may have passed', async () => {
    const scenario = await running(withBoundary(timerBoundary('event', 'work', { date: '=due' })), {
      due: '2020-01-01T00:00:00Z',
    });
    await scenario.wait(0);
    expect(scenario.terminated).toEqual(['work']);
  });

  it('is gone with the task', async () => {
    const scenario = await running(withBoundary(timerBoundary('event', 'work', { duration: 'PT10S' })));
    await scenario.complete('work');
    await scenario.wait(20_000);
    expect(scenario.events('TIMER').map(({ intent }) => intent)).toEqual(['CREATED', 'CANCELED']);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('stops the task with an incident when its text is no duration', async () => {
    const scenario = await running(withBoundary(timerBoundary('event', 'work', { duration: '=d' })), {
      d: 'abc',
    });
    expect(scenario.incidents).toMatchObject([
      { errorType: 'EXTRACT_VALUE_ERROR', errorMessage: "Invalid duration format 'abc' for expression 'd'." },
    ]);
    expect(scenario.events('JOB')).toEqual([]);
  });
});

describe('an error thrown by a worker', () => {
  it('is caught by the event with its code, before the one for all', async () => {
    const scenario = await running(
      withBoundary(
        errorBoundary('event', 'work', 'E1'),
        errorBoundary('any', 'work', undefined),
        path('any', 'end'),
      ),
    );
    await scenario.throwError('work', 'E1', { detail: 1 });

    expect(scenario.terminated).toEqual(['work']);
    expect(scenario.completed.at(-1)).toBe('event');
    expect(await scenario.activate('handle')).toHaveLength(1);
    // what it brought stays at the event
    expect(scenario.variables()).toEqual({ event: { detail: 1 } });
  });

  it('brings out what the output mappings of the event name', async () => {
    const scenario = await running(
      withBoundary(errorBoundary('event', 'work', 'E1', { outputs: [['=detail', 'problem']] })),
    );
    await scenario.throwError('work', 'E1', { detail: 1 });
    expect(scenario.variables().order).toEqual({ problem: 1 });
  });

  it('goes up to the scope around, which ends with everything in it', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        subProcess(
          'part',
          {},
          start('inner-start'),
          serviceTask('work'),
          errorBoundary('other', 'work', 'E2'),
          end('inner-end'),
          path('inner-start', 'work', 'inner-end'),
          path('other', 'inner-end'),
        ),
        errorBoundary('event', 'part', 'E1'),
        end(),
        path('start', 'part', 'end'),
        serviceTask('handle'),
        path('event', 'handle', 'end'),
      ),
    );
    await scenario.throwError('work', 'E1');

    expect(scenario.terminated).toEqual(['work', 'part']);
    await scenario.complete('handle');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('becomes an incident when nobody catches it; resolved, the job is there again', async () => {
    const scenario = await running(withBoundary(errorBoundary('event', 'work', 'E2')));
    await scenario.throwError('work', 'E1', {}, 'mm');

    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({
      errorType: 'UNHANDLED_ERROR_EVENT',
      errorMessage:
        "Expected to throw an error event with the code 'E1' with message 'mm', but it was not caught. Available error events are [E2]",
      elementId: 'work',
    });
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('says when no error could be caught at all', async () => {
    const scenario = await running(withBoundary(timerBoundary('event', 'work', { duration: 'PT10S' })));
    await scenario.throwError('work', 'E1');
    expect(scenario.incidents[0]!.errorMessage).toBe(
      "Expected to throw an error event with the code 'E1', but it was not caught. No error events are available in the scope.",
    );
  });
});

it('a timer on a sub-process ends all that runs in it', async () => {
  const scenario = await running(
    bpmn(
      'order',
      start(),
      subProcess(
        'part',
        {},
        start('inner-start'),
        serviceTask('work'),
        end('inner-end'),
        path('inner-start', 'work', 'inner-end'),
      ),
      timerBoundary('event', 'part', { duration: 'PT10S' }),
      end(),
      path('start', 'part', 'end'),
      path('event', 'end'),
    ),
  );
  await scenario.wait(10_000);
  expect(scenario.terminated).toEqual(['work', 'part']);
  expect(scenario.completed).toEqual(['start', 'inner-start', 'event', 'end', 'order']);
});

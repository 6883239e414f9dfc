import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  catchLink,
  end,
  errorBoundary,
  errorEnd,
  exclusiveGateway,
  flow,
  parallelGateway,
  path,
  serviceTask,
  start,
  subProcess,
  terminateEnd,
  throwEvent,
  throwLink,
} from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

async function running(xml: string, variables = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

describe('a terminate end event', () => {
  const forked = [
    start('begin'),
    parallelGateway('fork'),
    serviceTask('slow'),
    serviceTask('quick'),
    end('done'),
    terminateEnd('stop'),
    path('begin', 'fork', 'slow', 'done'),
    path('fork', 'quick', 'stop'),
  ];

  it('ends all that still runs, and the instance completes', async () => {
    const scenario = await running(bpmn('order', ...forked));
    await scenario.complete('quick');
    expect(scenario.trace().slice(-8)).toEqual(
      [
        'ELEMENT_ACTIVATED stop',
        'ELEMENT_COMPLETING stop',
        'ELEMENT_COMPLETED stop',
        'ELEMENT_TERMINATING slow',
        'ELEMENT_TERMINATED slow',
        'ELEMENT_COMPLETING order',
        'ELEMENT_COMPLETED order',
      ].toSpliced(0, 0, 'ELEMENT_ACTIVATING stop'),
    );
    expect(scenario.events('JOB', 'CANCELED')).toHaveLength(1);
  });

  it('ends its own scope only', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        parallelGateway('split'),
        serviceTask('beside'),
        subProcess('part', {}, ...forked),
        serviceTask('after'),
        end(),
        path('start', 'split', 'part', 'after', 'end'),
        path('split', 'beside'),
      ),
    );
    await scenario.complete('quick');
    expect(scenario.terminated).toEqual(['slow']);
    await scenario.complete('after');
    expect(scenario.completed).not.toContain('order');
    await scenario.complete('beside');
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('leaves no path under way: tokens at a join are gone with the rest', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        parallelGateway('fork'),
        parallelGateway('join'),
        serviceTask('a'),
        serviceTask('b'),
        serviceTask('quick'),
        terminateEnd('stop'),
        end(),
        path('start', 'fork', 'a', 'join', 'end'),
        path('fork', 'b', 'join'),
        path('fork', 'quick', 'stop'),
      ),
    );
    await scenario.complete('a');
    await scenario.complete('quick');
    expect(scenario.terminated).toEqual(['b']);
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('completes a scope in which nothing else runs', async () => {
    const scenario = await running(bpmn('order', start(), terminateEnd('stop'), path('start', 'stop')));
    expect(scenario.completed).toEqual(['start', 'stop', 'order']);
  });
});

describe('an error end event', () => {
  const failing = (...around: string[]) =>
    bpmn(
      'order',
      start(),
      subProcess('part', {}, start('begin'), errorEnd('fail', 'E1'), path('begin', 'fail')),
      end(),
      path('start', 'part', 'end'),
      ...around,
    );

  it('goes on at the boundary event that catches its code', async () => {
    const scenario = await running(
      failing(
        errorBoundary('any', 'part', undefined),
        errorBoundary('caught', 'part', 'E1'),
        serviceTask('handle'),
        path('caught', 'handle'),
      ),
    );
    expect(scenario.terminated).toEqual(['fail', 'part']);
    await scenario.complete('handle');
    expect(scenario.completed).toEqual(['start', 'begin', 'caught', 'handle', 'order']);
  });

  it('stops with an incident when nobody catches, and is tried again', async () => {
    const scenario = await running(
      failing(errorBoundary('other', 'part', 'E2'), end('e2'), path('other', 'e2')),
    );
    const [incident] = scenario.incidents;
    expect(incident).toMatchObject({
      errorType: 'UNHANDLED_ERROR_EVENT',
      elementId: 'fail',
      errorMessage:
        "Expected to throw an error event with the code 'E1', but it was not caught. Available error events are [E2]",
    });
    accepted(await scenario.execute(commands.resolveIncident(incident!.key)));
    expect(scenario.incidents).toHaveLength(1);
    expect(scenario.incidents[0]!.key).not.toBe(incident!.key);
  });

  it('takes its code from an expression', async () => {
    const xml = failing(errorBoundary('caught', 'part', 'E2'), end('e2'), path('caught', 'e2'));
    const scenario = await running(xml.replace('errorCode="E1"', 'errorCode="=code"'), { code: 'E2' });
    expect(scenario.completed.at(-1)).toBe('order');

    await scenario.started('order', { code: 7 });
    expect(scenario.incidents[0]).toMatchObject({
      errorType: 'EXTRACT_VALUE_ERROR',
      errorMessage: "Expected result of the expression 'code' to be 'STRING', but was 'NUMBER'.",
    });
  });
});

describe('a none throw event', () => {
  it('is passed, and brings out what its output mappings say', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        throwEvent('milestone', [['=x + 1', 'y']]),
        end(),
        path('start', 'milestone', 'end'),
      ),
      { x: 1 },
    );
    expect(scenario.completed).toEqual(['start', 'milestone', 'end', 'order']);
    expect(scenario.variables()).toEqual({ order: { x: 1, y: 2 } });
  });

  it('waits with an incident while its mapping fails', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        throwEvent('milestone', [['=assert(x, x != null)', 'y']]),
        end(),
        path('start', 'milestone', 'end'),
      ),
    );
    expect(scenario.incidents).toMatchObject([{ errorType: 'IO_MAPPING_ERROR', elementId: 'milestone' }]);
  });
});

describe('a link', () => {
  const linked = bpmn(
    'order',
    start(),
    exclusiveGateway('which', 'which-here'),
    throwLink('here', 'the end'),
    throwLink('there', 'the end'),
    catchLink('target', 'the end'),
    serviceTask('work'),
    end(),
    path('start', 'which', 'here'),
    flow('which', 'there', '=far'),
    path('target', 'work', 'end'),
  );

  it('leads from each throw event to the catch event of its name', async () => {
    for (const [far, thrower] of [
      [false, 'here'],
      [true, 'there'],
    ] as const) {
      const scenario = await running(linked, { far });
      await scenario.complete('work');
      expect(scenario.completed).toEqual(['start', 'which', thrower, 'target', 'work', 'end', 'order']);
      expect(scenario.trace('SEQUENCE_FLOW_TAKEN')).not.toContain('target');
    }
  });

  it('does not let its scope end before it has arrived', async () => {
    const scenario = await running(
      bpmn(
        'order',
        start(),
        parallelGateway('fork'),
        throwLink('away', 'a'),
        end('other'),
        catchLink('target', 'a'),
        serviceTask('work'),
        path('start', 'fork', 'other'),
        path('fork', 'away'),
        path('target', 'work'),
      ),
    );
    expect(scenario.completed).not.toContain('order');
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('order');
  });
});

import type { JsonObject } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import {
  bpmn,
  end,
  escalationBoundary,
  escalationEnd,
  path,
  serviceTask,
  start,
  subProcess,
  throwEscalation,
} from '../bpmn.ts';
import { Scenario } from '../scenario.ts';

async function running(xml: string, variables: JsonObject = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(xml);
  await scenario.started('order', variables);
  return scenario;
}

const escalating = (thrower: string, ...boundaries: string[]) =>
  bpmn(
    'order',
    start(),
    subProcess(
      'part',
      {},
      start('begin'),
      thrower,
      ...(thrower.startsWith('<bpmn:endEvent')
        ? [path('begin', 'raise')]
        : [serviceTask('work'), path('begin', 'raise', 'work')]),
    ),
    end(),
    path('start', 'part', 'end'),
    ...boundaries,
  );

describe('an escalation', () => {
  it('that interrupts ends the scope it comes from', async () => {
    const scenario = await running(
      escalating(throwEscalation('raise', 'X1'), escalationBoundary('caught', 'part', 'X1')),
    );
    expect(scenario.terminated).toEqual(['raise', 'part']);
    expect(scenario.completed).toEqual(['start', 'begin', 'caught', 'order']);
    expect(scenario.events('ESCALATION').map(({ intent, value }) => ({ intent, ...value }))).toMatchObject([
      { intent: 'ESCALATED', escalationCode: 'X1', throwElementId: 'raise', catchElementId: 'caught' },
    ]);
  });

  it('that does not interrupt goes on on both sides', async () => {
    const scenario = await running(
      escalating(
        throwEscalation('raise', 'X1'),
        escalationBoundary('caught', 'part', 'X1', { interrupting: false }),
      ),
    );
    expect(scenario.completed).toEqual(expect.arrayContaining(['raise', 'caught']));
    await scenario.complete('work');
    expect(scenario.terminated).toEqual([]);
    expect(scenario.completed.slice(-3)).toEqual(['part', 'end', 'order']);
  });

  it('goes to the event with its code before the one for all', async () => {
    const scenario = await running(
      escalating(
        throwEscalation('raise', 'X2'),
        escalationBoundary('any', 'part', undefined),
        escalationBoundary('other', 'part', 'X1'),
        escalationBoundary('exact', 'part', 'X2'),
      ),
    );
    expect(scenario.completed).toContain('exact');
    expect(scenario.completed).not.toContain('any');
  });

  it('that nobody catches changes nothing', async () => {
    const scenario = await running(
      escalating(throwEscalation('raise', 'X1'), escalationBoundary('other', 'part', 'X2')),
    );
    expect(scenario.events('ESCALATION').map(({ intent }) => intent)).toEqual(['NOT_ESCALATED']);
    await scenario.complete('work');
    expect(scenario.completed.at(-1)).toBe('order');
    expect(scenario.incidents).toEqual([]);
  });

  it('at the end of a scope lets the scope complete when it does not interrupt', async () => {
    const scenario = await running(
      escalating(
        escalationEnd('raise', 'X1'),
        escalationBoundary('caught', 'part', undefined, { interrupting: false }),
      ),
    );
    expect(scenario.completed).toEqual(expect.arrayContaining(['raise', 'part', 'caught', 'end']));
    expect(scenario.completed.at(-1)).toBe('order');
  });

  it('takes its code from an expression, or stops with an incident', async () => {
    const xml = escalating(
      throwEscalation('raise', 'X1'),
      escalationBoundary('caught', 'part', 'X2'),
    ).replace('escalationCode="X1"', 'escalationCode="=code"');
    const scenario = await running(xml, { code: 'X2' });
    expect(scenario.completed).toContain('caught');
    await scenario.started('order', { code: 7 });
    expect(scenario.incidents).toMatchObject([{ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'raise' }]);
  });
});

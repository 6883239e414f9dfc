import type { ElementInstance } from '@baton/gateway/api';
import { expect, test } from 'vitest';
import { runState, tokenCounts } from './runState.ts';

const element = (
  elementId: string,
  elementType: string,
  more: Partial<ElementInstance> = {},
): ElementInstance => ({
  key: '1',
  elementId,
  elementName: '',
  elementType,
  state: 'ACTIVE',
  startedAt: '2026-11-21T14:02:22Z',
  scopeKey: '1',
  ...more,
});
const active = { state: 'ACTIVE', incidents: 0 } as const;

test('a run that only a person can move on is waiting, one with work going on is running', () => {
  const asked = [element('support-triage', 'PROCESS'), element('answer', 'USER_TASK')];
  expect(runState(active, asked)).toBe('waiting');
  expect(runState(active, [...asked, element('classify', 'SERVICE_TASK')])).toBe('running');
});

test('an open incident is what counts while the run is active', () => {
  expect(runState({ state: 'ACTIVE', incidents: 1 }, [element('answer', 'USER_TASK')])).toBe('incident');
  expect(runState({ state: 'TERMINATED', incidents: 1 })).toBe('cancelled');
});

test('tokens count what stands where; what was cancelled leaves none', () => {
  const counts = tokenCounts([
    element('support-triage', 'PROCESS'),
    element('classify', 'SERVICE_TASK', { state: 'COMPLETED' }),
    element('classify', 'SERVICE_TASK'),
    element('look_up', 'SERVICE_TASK', { incidentKey: '7' }),
    element('answer', 'USER_TASK'),
    element('late', 'BOUNDARY_EVENT', { state: 'TERMINATED' }),
  ]);
  expect(Object.fromEntries(counts)).toEqual({
    classify: { running: 1, waiting: 0, incident: 0, completed: 1 },
    look_up: { running: 0, waiting: 0, incident: 1, completed: 0 },
    answer: { running: 0, waiting: 1, incident: 0, completed: 0 },
  });
});
